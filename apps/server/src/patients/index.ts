/** 就诊人: people, links, default, relation, cards, consent versions. */
export {}
