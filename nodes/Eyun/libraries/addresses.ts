/** IP addresses and ranges. Bundled, see xml.ts. */
export { default as ipaddr } from 'ipaddr.js';
