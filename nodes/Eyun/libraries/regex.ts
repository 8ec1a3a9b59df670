/** Regular expressions that take linear time, whatever the pattern. Bundled, see xml.ts. */
export { RE2JS } from 're2js';
