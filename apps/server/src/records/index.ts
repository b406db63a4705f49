/** （五）reports: lab, imaging, check-up, inpatient lists; interpretation; only through a grant. */
export {}
