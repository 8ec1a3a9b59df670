/**
 * Loads one node in a process of its own, as n8n does when it starts, and prints how long that took.
 *
 *   node load-process.cjs <file of the node> <its class> <own folder> [file with a list of modules]
 *
 * With a list, these modules are loaded before. Prints the milliseconds, and which modules outside
 * of its own folder the node has loaded.
 */
'use strict';
const { readFileSync } = require('node:fs');
const { sep } = require('node:path');
const { performance } = require('node:perf_hooks');

const [, , file, className, ownFolder, list] = process.argv;

// What n8n has loaded long before it comes to nodes.
require('n8n-workflow');
if (list !== undefined) for (const path of JSON.parse(readFileSync(list, 'utf8'))) require(path);

const before = new Set(Object.keys(require.cache));
const began = performance.now();
const { [className]: Node } = require(file);
const node = new Node();
const ms = performance.now() - began;

const { displayName } = node.description;
const others = Object.keys(require.cache).filter(
	(path) => !before.has(path) && !path.startsWith(ownFolder + sep) && path.endsWith('.js'),
);
process.stdout.write(`${JSON.stringify({ displayName, ms, others })}\n`);
process.exit(0);
