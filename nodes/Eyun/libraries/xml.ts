/**
 * The XML parser. Every file in this folder is replaced at build time by a bundle of what it takes
 * from development dependencies: n8n's rules allow no runtime dependencies.
 */
export { parseXml, XmlCdata, XmlElement, XmlText } from '@rgrove/parse-xml';
