/** The plugin comes without types; this is the part of it that we use. */
declare module 'eslint-plugin-n8n-nodes-base' {
	import type { Linter, Rule } from 'eslint';

	export const rules: Record<string, Rule.RuleModule>;
	export const configs: Record<
		'community' | 'credentials' | 'nodes',
		{ rules: Linter.RulesRecord }
	>;
}
