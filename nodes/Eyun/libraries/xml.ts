/**
 * The XML parser. What the files in this folder take from development dependencies is bundled at build
 * time: n8n's rules allow no runtime dependencies. A library that is imported with `import()` becomes a
 * file of its own, which is read when it is needed.
 */
export { parseXml, XmlCdata, XmlElement, XmlText } from '@rgrove/parse-xml';
