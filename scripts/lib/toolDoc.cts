/** What docs/operations.md says about operations as tools of an AI agent. */
import type { Kept, ToolUse } from '../../nodes/Eyun/catalogue/tool/types';
import { code, table } from './markdown.cts';

/** An operation, as far as it may be a tool. */
interface MaybeTool {
	name: string;
	tool?: ToolUse;
	simplified?: Kept;
}

const INTRODUCTION = `**As a tool of an AI agent** (n8n's twin of the node, Eyun WeChat Tool) some operations come ready: a
description that says when to use them, and parameters that the model fills, each with words of its own. They stand in
the second column. Their account is always yours to set. Names are taken as well as IDs. The others make no tool, and
each has one of these reasons: what they do is about logins, settings or files, and no model should decide it (log out,
delete, remove members, change admins, accept invitations); they reach strangers or everybody (friend requests, posts);
they take what only a callback has (XML, keys); or an operation in the second column does the same more easily. You can
still choose them in a tool. Then you fill the fields yourself, or leave single ones to the model.`;

function names(operations: readonly MaybeTool[], makeOne: boolean): string {
	const some = operations.filter(({ tool }) => (tool !== undefined) === makeOne);
	return some.length === 0 ? '–' : some.map(({ name }) => name).join(', ');
}

/**
 * Renders which operations make a tool.
 *
 * @param resources their names with all of their operations
 */
export function renderTools(
	resources: ReadonlyArray<{ name: string; operations: readonly MaybeTool[] }>,
): string {
	const rows = resources.map(({ name, operations }) => [
		name,
		names(operations, true),
		names(operations, false),
	]);
	return `${INTRODUCTION}\n\n${table(['Resource', 'Make a tool', 'Make none'], rows)}`;
}

/**
 * What a section says about its operation as a tool, and about short answers; nothing for the others.
 *
 * @returns sentences without their periods
 */
export function toolNotes({ tool, simplified }: MaybeTool): string[] {
	const filled = Object.keys(tool?.fills ?? {}).map(code);
	return [
		...(simplified
			? [
					`With Simplify (in a tool on at first) it puts out ${Object.keys(simplified).map(code).join(', ')}, as far as there is something in them`,
				]
			: []),
		...(tool
			? [
					filled.length === 0
						? 'As a tool it asks the model for nothing'
						: `As a tool it lets the model fill ${filled.join(', ')}`,
				]
			: []),
	];
}
