/** n8n's own lint for parameters that are computed, which n8n's lint of our sources cannot see. */
import { inspect } from 'node:util';

import { Linter } from 'eslint';
import * as plugin from 'eslint-plugin-n8n-nodes-base';
import type { INodeProperties } from 'n8n-workflow';
import tseslint from 'typescript-eslint';

/** Rules that do not fit, each with its reason. */
const OFF = [
	// Off in n8n's own config, too.
	'node-param-type-options-max-value-present',
	// A dropdown that starts empty makes the user choose where no choice can be assumed.
	'node-param-default-wrong-for-options',
	// Descriptions name members of the vendor's answers, and some are called id or url.
	'node-param-description-miscased-id',
	'node-param-description-miscased-url',
	'node-param-placeholder-miscased-id',
].map((name) => `n8n-nodes-base/${name}`);

/** Spellings that the lint does not know: in actions, and the vendor's v1 and v2 in labels. */
const UNKNOWN_SPELLINGS: ReadonlyArray<[RegExp, string]> = [
	[/(?<=^\s*action: .*)\bWeCom\b/gm, 'wecom'],
	[/(?<=^\s*action: .*)\bWeChat\b/gm, 'wechat'],
	[/(?<=^\s*action: .*)\bto-do\b/gm, 'to do'],
	[/\bRequest Key v(?=[12]\b)/g, 'Request Key V'],
];

/** The rules for parameters; those for the class around them see our sources anyway. */
const RULES = Object.fromEntries(
	Object.entries(plugin.configs.nodes.rules).filter(
		([name]) => name.startsWith('n8n-nodes-base/node-param-') && !OFF.includes(name),
	),
);

/**
 * Prints parameters as the source of a node class and lints that.
 *
 * @param properties the parameters of a node
 * @returns one line for each finding: the rule, and the text of the place
 */
export function lintProperties(properties: readonly INodeProperties[]): string[] {
	const source = toSource(properties);
	const lines = source.split('\n');
	const config = {
		files: ['**/*.ts'],
		languageOptions: { parser: tseslint.parser as Linter.Parser },
		plugins: { 'n8n-nodes-base': { rules: plugin.rules } },
		rules: RULES,
	};
	return new Linter()
		.verify(source, [config], { filename: 'Printed.node.ts' })
		.map(({ ruleId, message, line }) => `${ruleId ?? message}: ${lines[line - 1].trim()}`);
}

/** In a tool a model gives the number: the lint wants one there, and cannot know of the expression. */
function withNumbers(property: INodeProperties): INodeProperties {
	const isModels = property.type === 'number' && String(property.default).startsWith('={{');
	return isModels ? { ...property, default: property.name === 'limit' ? 50 : 0 } : property;
}

function toSource(properties: readonly INodeProperties[]): string {
	const literal = inspect(properties.map(withNumbers), {
		depth: null,
		maxArrayLength: null,
		maxStringLength: null,
		compact: false,
		breakLength: Infinity,
	});
	const known = UNKNOWN_SPELLINGS.reduce((text, [from, to]) => text.replace(from, to), literal);
	return `export class Printed implements INodeType { description = { properties: ${known} }; }\n`;
}
