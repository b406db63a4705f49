import { HIS_SOAP } from './soap-messages.ts'

/** The service description that development tools ask for with `GET …?wsdl`. */
export function writeWsdl(endpoint: string): string {
  const { namespace, method, soapAction } = HIS_SOAP
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:s="http://www.w3.org/2001/XMLSchema" xmlns:tns="${namespace}" targetNamespace="${namespace}" name="HisService">
<types><s:schema elementFormDefault="qualified" targetNamespace="${namespace}">
<s:element name="${method}"><s:complexType><s:sequence><s:element minOccurs="0" name="TradeCode" type="s:string"/><s:element minOccurs="0" name="Request" type="s:string"/></s:sequence></s:complexType></s:element>
<s:element name="${method}Response"><s:complexType><s:sequence><s:element minOccurs="0" name="${method}Result" type="s:string"/></s:sequence></s:complexType></s:element>
</s:schema></types>
<message name="${method}SoapIn"><part name="parameters" element="tns:${method}"/></message>
<message name="${method}SoapOut"><part name="parameters" element="tns:${method}Response"/></message>
<portType name="HisServiceSoap"><operation name="${method}"><input message="tns:${method}SoapIn"/><output message="tns:${method}SoapOut"/></operation></portType>
<binding name="HisServiceSoap" type="tns:HisServiceSoap"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
<operation name="${method}"><soap:operation soapAction="${soapAction}" style="document"/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation></binding>
<service name="HisService"><port name="HisServiceSoap" binding="tns:HisServiceSoap"><soap:address location="${endpoint}"/></port></service>
</definitions>`
}
