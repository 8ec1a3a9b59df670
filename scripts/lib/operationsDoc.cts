/** docs/operations.md, from the catalogue, the compound operations and the vendor's facts. */
import type { Field, Operation, Resource } from '../../nodes/Eyun/catalogue/types';
import { compounds } from '../../nodes/Eyun/compound/description';
import { catalogueFacts } from '../../spec/catalogueFacts.cts';
import type { Operation as Endpoint } from '../../spec/endpoints.cts';
import { describes } from '../../spec/endpoints.cts';
import { answerOf, type Answer, type AnswerKind } from './answerSchema.cts';
import { renderCompound } from './compoundDoc.cts';
import { typesOf, type JsonType, type Schema } from './jsonSchema.cts';
import { anchor, code, sentence, table } from './markdown.cts';
import { renderTools, toolNotes } from './toolDoc.cts';
import { answersOneByOne, fileNote, pickerNote, traits } from './traits.cts';

const WIRE: Record<Field['type'], string> = {
	string: 'string',
	int: 'integer',
	boolean: 'boolean',
	int64: 'integer, 64 bits',
	list: 'string',
	array: 'array of strings',
	object: 'object',
	cursor: 'as it was answered',
};

const FORMATS: Record<NonNullable<Field['format']>, string | undefined> = {
	id: undefined,
	group: 'Ends in `@chatroom`',
	url: 'Starts with `http://` or `https://`',
	dataUri: 'Goes out as `data:<mime>;base64,<content>`',
};

const TYPE_NAMES: Partial<Record<JsonType, string>> = { string: 'text', array: 'list' };

const KINDS: Record<AnswerKind, string> = {
	one: 'one item with ',
	each: 'an item for each element of a list, with ',
	text: 'one item with ',
	nothing: 'one item, `{ "success": true }`',
	deleted: 'one item, `{ "deleted": true }`',
};

/** Deeper members are left out: they would fill pages for Channels. */
const SHOWN_LEVELS = 2;

const INTRODUCTION = `# Operations

All operations of the Eyun WeChat node, by resource. Their list is also there
[in Chinese](zh-CN/operations.md). This file is derived from the catalogue
(\`nodes/Eyun/catalogue\`), the operations that are written by hand (\`nodes/Eyun/compound\`) and the
facts about Eyun (\`spec\`); \`npm run docs\` writes it.

How to read it:

- **Parameter** is Eyun's name, which is the name in expressions and in exported workflows too;
  **Label** is what the editor shows.
- **On the wire** is the JSON type that Eyun gets. You may give any of them as text, a number or an
  expression. Integers of 64 bits must be text in n8n (a JavaScript number would round them); they go
  out as bare digits.
- **Required**: "no" means that the field stands under Additional Fields and is not sent when it is
  empty; "may be empty" means that it is always sent, with the value shown when you give none.
- **Answer** is the JSON of the output. Types come from Eyun's examples, and from its tables
  where an example shows nothing; more fields may be null than the examples show. An integer too long
  for JavaScript comes as text with all its digits, also where an example shows a short one.
- **More than one call** marks operations that do several steps in one: calls, downloads, or waiting
  for a person or for Eyun. They stand behind the others of their resource. **Any endpoint** marks the
  one that calls what you name.
- All operations have the options **Concurrency** and **Pause Between Calls**. Operations that stand for one
  endpoint also have **Full Response** (Eyun's whole answer with code and message, as one item) and
  **Timeout** (seconds; 30 without the option, more where it says so below). Of those of more than one call,
  the editor shows them where they make a difference.
- **Paged** means Return All, or a Limit of 50 unless you change it: the node asks for page after page
  and puts out one item for each element. With the option **Single Page**, or Full Response, it is one
  page as Eyun sends it.
- Limits of files are those for a **binary field**, whose size and type the node checks before it sends
  anything. What a web address leads to is between its server and Eyun.
- Where Eyun only reads, the node asks up to twice more after a time-out, a cut connection or an
  HTTP 5xx. Anything else is sent again only where it cannot have been carried out: after a refused
  connection, with a new token after Eyun refused the old one, or with the account's new instance ID
  after Eyun refused the old one.
- **Counts towards the limits for sending** means those of the credential, which are off at first (see
  [Limits](limits.md#limits-for-sending)). An operation of more than one call counts through
  those it makes.`;

/**
 * Renders the operations' documentation.
 *
 * @param catalogue all resources
 * @param spec the vendor's endpoints, for their titles
 * @returns Markdown; ends with a line break
 * @throws Error when the spec does not have an operation's endpoint
 */
export function renderOperations(
	catalogue: readonly Resource[],
	spec: readonly Endpoint[],
): string {
	const tools = [
		...catalogue.map((resource) => ({
			name: resource.name,
			operations: [...resource.operations, ...compoundsOf(resource)],
		})),
		...compounds.resources.map((resource) => ({
			name: resource.name,
			operations: compoundsOf(resource),
		})),
	];
	const parts = [INTRODUCTION, contents(catalogue), renderTools(tools)];
	for (const resource of catalogue) {
		parts.push(`## ${resource.name}`);
		for (const operation of resource.operations) {
			const endpoint = spec.find((candidate) => describes(operation, candidate, catalogueFacts));
			if (!endpoint) throw new Error(`${operation.path} is not in the spec`);
			parts.push(renderOperation(resource, operation, endpoint));
		}
		parts.push(...compoundSections(resource));
	}
	for (const resource of compounds.resources) {
		parts.push(`## ${resource.name}`, ...compoundSections(resource));
	}
	return `${parts.join('\n\n')}\n`;
}

/** What a heading and a link to it need to know. */
export type Named = Pick<Resource, 'name' | 'value' | 'chinese'>;

/** The operations of a resource that are more than one call. */
export function compoundsOf({ value }: Named) {
	return compounds.operations.filter(({ resource }) => resource === value);
}

function compoundSections(resource: Named): string[] {
	const mark = compounds.resources.includes(resource) ? 'Any endpoint' : 'More than one call';
	return compoundsOf(resource).map((operation) =>
		renderCompound(operationHeading(resource, operation.name), mark, operation),
	);
}

function contents(catalogue: readonly Resource[]): string {
	const row = (resource: Named, names: readonly string[]) => [
		`[${resource.name}](#${anchor(resource.name)})`,
		names.map((name) => `[${name}](#${anchor(operationHeading(resource, name))})`).join(', '),
	];
	const rows = [
		...catalogue.map((resource) =>
			row(
				resource,
				[...resource.operations, ...compoundsOf(resource)].map(({ name }) => name),
			),
		),
		...compounds.resources.map((resource) =>
			row(
				resource,
				compoundsOf(resource).map(({ name }) => name),
			),
		),
	];
	return table(['Resource', 'Operations'], rows);
}

/** The heading of an operation's section; `anchor` of it leads there. */
export function operationHeading(resource: Named, name: string): string {
	return `${resource.name}: ${name}`;
}

function renderOperation(resource: Resource, operation: Operation, { title }: Endpoint): string {
	const { name, action, description, path, fields } = operation;
	return [
		`### ${operationHeading(resource, name)}`,
		`${code(`POST ${path}`)} · ${title}`,
		[description ?? action, ...behaviour(operation), ...traits(operation), ...toolNotes(operation)]
			.map(sentence)
			.join(' '),
		fields.length === 0
			? 'No parameters.'
			: table(
					['Parameter', 'Label', 'On the wire', 'Required', 'Notes'],
					fields.flatMap((field) => rows(field, path)),
				),
		`**Answer:** ${renderAnswer(operation, answerOf(operation))}`,
	].join('\n\n');
}

function behaviour({ reads, timeout, anonymous }: Operation): string[] {
	return [
		...(reads ? ['Only reads'] : []),
		...(timeout === undefined ? [] : [`Waits up to ${timeout} seconds`]),
		...(anonymous ? ['Takes no token'] : []),
	];
}

/** A field's row, and those of its members below it. */
function rows(field: Field, path: string, parent?: Field): string[][] {
	const name = parent ? `${parent.name}.${field.name}` : field.name;
	const undocumented = catalogueFacts.undocumented[path]?.[name] !== undefined;
	const also = field.alsoSentAs ? `, also sent as ${code(field.alsoSentAs)}` : '';
	return [
		[
			`${code(name)}${also}`,
			field.label,
			wireType(field),
			required(field),
			notes(field, undocumented),
		],
		...(field.fields ?? []).flatMap((member) => rows(member, path, field)),
	];
}

function wireType({ type, separator }: Field): string {
	return type === 'list' ? `${WIRE.list}, joined by ${code(separator ?? ',')}` : WIRE[type];
}

function required(field: Field): string {
	if (field.optional) return field.keepEmpty ? 'no; `""` when added and left empty' : 'no';
	if (field.emptyWith) return `unless ${code(field.emptyWith)} is given`;
	if (!field.sendEmpty) return 'yes';
	return `may be empty: ${code(emptyValue(field))}`;
}

/** What goes out for an empty field that the vendor wants all the same. */
function emptyValue({ type, default: start }: Field): string {
	if (type === 'cursor') return 'null';
	if (type === 'int' || type === 'int64') return String(start ?? 0);
	return `"${String(start ?? '')}"`;
}

function notes(field: Field, undocumented: boolean): string {
	const { description, choices, maxItems, format, secret } = field;
	return [
		description,
		choices && `Values: ${choices.map(renderChoice).join(', ')}`,
		range(field),
		maxItems && `At most ${maxItems}`,
		format && FORMATS[format],
		fileNote(field),
		pickerNote(field),
		preset(field),
		secret && 'Never shown in errors',
		undocumented && "Not in Eyun's table",
	]
		.filter((note) => typeof note === 'string')
		.map(sentence)
		.join(' ');
}

function renderChoice({ name, value, description }: NonNullable<Field['choices']>[number]): string {
	return `${code(String(value))} ${name}${description ? ` (${description})` : ''}`;
}

function range({ min, max }: Field): string | undefined {
	if (min !== undefined && max !== undefined) return `From ${min} to ${max}`;
	if (min !== undefined) return `At least ${min}`;
	return max === undefined ? undefined : `At most ${max}`;
}

/** What the editor has filled in, unless it is the value that stands for none. */
function preset({ default: start, sendEmpty, min }: Field): string | undefined {
	if (start === undefined || sendEmpty || start === '') return undefined;
	// A number below the smallest allowed one is there to be replaced.
	if (typeof start === 'number' && min !== undefined && start < min) return undefined;
	return `Preset: ${code(String(start))}`;
}

function renderAnswer({ alsoSuccess, paging, secretAnswers }: Operation, answer: Answer): string {
	const { schema, kind, unplaced } = answer;
	const parts = [
		answersOneByOne(paging),
		(paging ? 'A page is ' : '') +
			KINDS[kind] +
			(kind === 'nothing' || kind === 'deleted' ? '' : renderMembers(schema, 0)),
		kind === 'nothing' && extraMembers(schema),
		unplaced.length > 0 && `Eyun's table also names ${unplaced.map(code).join(', ')}`,
		secretAnswers && `Blanked out: ${secretAnswers.map(code).join(', ')}`,
		alsoSuccess &&
			`${code(alsoSuccess.mark)} is there and true when Eyun answers code ${code(alsoSuccess.code)}`,
	];
	return parts
		.filter((part) => typeof part === 'string')
		.map(sentence)
		.join(' ');
}

/** What the table names for an operation whose example answers nothing. */
function extraMembers({ properties = {} }: Schema): string | undefined {
	const names = Object.keys(properties).filter((name) => name !== 'success');
	if (names.length === 0) return undefined;
	return `Eyun's table names ${names.map(code).join(', ')}, which its example does not show`;
}

function renderMembers({ properties = {} }: Schema, level: number): string {
	return Object.entries(properties)
		.map(([name, member]) => `${code(name)} ${renderSchema(member, level)}`)
		.join(', ');
}

function renderSchema(schema: Schema, level: number): string {
	if (schema.properties) {
		return level === SHOWN_LEVELS ? '{ … }' : `{ ${renderMembers(schema, level + 1)} }`;
	}
	if (schema.items) return `list of ${renderSchema(schema.items, level)}`;
	return (
		typesOf(schema)
			.map((type) => TYPE_NAMES[type] ?? type)
			.join(' or ') || 'of any type'
	);
}
