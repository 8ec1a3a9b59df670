/** The texts of errors as the sources have them, read from their syntax: what users may see. */
import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** Where an error text stands in the arguments of what makes it. */
const MAKERS: Record<string, number> = {
	InvalidInput: 1,
	NodeOperationError: 1,
	NotSent: 0,
	fail: 0,
	invalid: 0,
	invalidPath: 0,
	listFailure: 2,
	refuse: 1,
};

/** Tables whose values are error texts, and the file that has them. */
const TABLES = { file: 'network.ts', names: ['EVERYWHERE', 'WORDS', 'NO_ANSWER'] };

/** Members by which an object is told apart that says what happened and what to do. */
const ADVICE = ['advice', 'cure'];

/** Constants that other files may import. */
const SHARED = /^[A-Z][A-Z\d_]+$/;

/** What stands in place of a value that is only known when the error is made. */
const VALUE = '…';

export interface ErrorText {
	/** The text, with … for what differs. */
	text: string;
	/** The file it stands in. */
	file: string;
}

/**
 * Collects the texts of errors.
 *
 * @param files paths of TypeScript sources
 * @returns each text once for each file, in the order of the sources; values in it are …
 */
export function errorTextsIn(files: readonly string[]): ErrorText[] {
	const sources = files.map((file) =>
		ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true),
	);
	const shared = new Map<string, ts.Expression[]>();
	for (const source of sources) {
		for (const [name, values] of constantsOf(source)) {
			if (SHARED.test(name)) shared.set(name, values);
		}
	}
	return sources.flatMap((source) => {
		const constants = new Map([...shared, ...constantsOf(source)]);
		const texts = new Set<string>();
		visit(source, (node) => {
			for (const expression of errorsAt(node)) {
				for (const text of textsOf(expression, constants)) {
					if (/[A-Za-z]{3}/.test(text)) texts.add(text);
				}
			}
		});
		return [...texts].map((text) => ({ text, file: source.fileName }));
	});
}

/** The values of all constants of a file, by name: another function may have one of the same name. */
function constantsOf(source: ts.SourceFile): Map<string, ts.Expression[]> {
	const constants = new Map<string, ts.Expression[]>();
	visit(source, (node) => {
		if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
			const { text } = node.name;
			constants.set(text, [...(constants.get(text) ?? []), node.initializer]);
		}
	});
	return constants;
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
	see(node);
	node.forEachChild((child) => visit(child, see));
}

function nameOf(expression: ts.Expression): string {
	if (ts.isIdentifier(expression)) return expression.text;
	return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}

function isTable(node: ts.Node): boolean {
	return (
		ts.isVariableDeclaration(node) &&
		node.getSourceFile().fileName.endsWith(TABLES.file) &&
		TABLES.names.includes(node.name.getText())
	);
}

/** The values of a table. What is said of other servers than Eyun only follows what could not be had from them. */
function valuesIn(node: ts.Node): ts.Expression[] {
	const values: ts.Expression[] = [];
	node.forEachChild((part) => {
		if (!ts.isPropertyAssignment(part)) values.push(...valuesIn(part));
		else if (!ts.isObjectLiteralExpression(part.initializer)) values.push(part.initializer);
		else if (part.name.getText() !== 'other') values.push(...valuesIn(part.initializer));
	});
	return values;
}

/** The expressions at a node that are the text of an error. */
function errorsAt(node: ts.Node): ts.Expression[] {
	if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
		const place = MAKERS[nameOf(node.expression)];
		const argument = place === undefined ? undefined : node.arguments?.[place];
		return argument === undefined ? [] : [argument];
	}
	if (isTable(node)) {
		return valuesIn(node);
	}
	if (!ts.isObjectLiteralExpression(node)) return [];
	const members = node.properties.map((member) => member.name?.getText() ?? '');
	if (!members.some((member) => ADVICE.includes(member))) return [];
	return node.properties.flatMap((member) => {
		const name = member.name?.getText();
		if (name !== 'message') return [];
		if (ts.isPropertyAssignment(member)) return [member.initializer];
		return ts.isShorthandPropertyAssignment(member) ? [member.name] : [];
	});
}

/** What an expression may come to: one text for each branch. */
function textsOf(
	expression: ts.Expression,
	constants: ReadonlyMap<string, readonly ts.Expression[]>,
	depth = 0,
): string[] {
	if (ts.isStringLiteralLike(expression)) return [expression.text];
	if (ts.isTemplateExpression(expression)) {
		const { head, templateSpans } = expression;
		return [head.text + templateSpans.map(({ literal }) => VALUE + literal.text).join('')];
	}
	if (ts.isConditionalExpression(expression)) {
		const { whenTrue, whenFalse } = expression;
		return [whenTrue, whenFalse].flatMap((branch) => textsOf(branch, constants, depth));
	}
	if (ts.isParenthesizedExpression(expression)) {
		return textsOf(expression.expression, constants, depth);
	}
	if (!ts.isIdentifier(expression) || depth > 3) return [];
	const known = constants.get(expression.text) ?? [];
	return known.flatMap((value) => textsOf(value, constants, depth + 1));
}
