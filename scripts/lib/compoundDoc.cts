/** The sections of docs/operations.md about operations that are more than one call. */
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import type { CompoundDescription } from '../../nodes/Eyun/description/compound';
import { NODE_VERSIONS } from '../../nodes/Eyun/description/versions';
import { code, sentence, table } from './markdown.cts';
import { toolNotes } from './toolDoc.cts';

/** What the editor offers, by n8n's names. */
const TYPES: Partial<Record<INodeProperties['type'], string>> = {
	boolean: 'switch',
	collection: 'collection',
	dateTime: 'date and time',
	fixedCollection: 'collection',
	json: 'JSON',
	multiOptions: 'several from a list',
	number: 'number',
	options: 'one of several',
	string: 'text',
};

/** The collection whose members go by their own names, as everywhere else in the document. */
const ADDITIONAL = 'additionalFields';

/**
 * Renders one operation.
 *
 * @param heading of its section
 * @param mark what sets it apart from an operation that is one endpoint
 * @param operation what the package says about it
 */
export function renderCompound(
	heading: string,
	mark: string,
	operation: CompoundDescription,
): string {
	const { description, properties, reads } = operation;
	return [
		`### ${heading}`,
		`**${mark}**`,
		[description, ...(reads ? ['Only reads'] : []), ...toolNotes(operation)]
			.map(sentence)
			.join(' '),
		table(
			['Parameter', 'Label', 'Type', 'Required', 'Notes'],
			properties.flatMap((property) => rows(property, '')),
		),
	].join('\n\n');
}

/** Stored nodes keep such a parameter; whoever reads the document makes new ones. */
export function isOfEarlierVersion({ displayOptions }: INodeProperties): boolean {
	const versions = displayOptions?.show?.['@version'] as unknown[] | undefined;
	return versions !== undefined && !versions.includes(NODE_VERSIONS.at(-1));
}

/** A property's row, or those of its members; `prefix` is the name of the collection around it. */
function rows(property: INodeProperties, prefix: string): string[][] {
	if (isOfEarlierVersion(property)) return [];
	const members = membersOf(property);
	if (members) {
		const inside = property.name === ADDITIONAL ? '' : `${prefix}${property.name}.`;
		return members.flatMap((member) => rows(member, inside));
	}
	return [
		[
			code(prefix + property.name),
			property.displayName,
			typeOf(property),
			property.required ? 'yes' : 'no',
			notes(property),
		],
	];
}

/** The members of a collection; of one with named groups, those of all groups. */
function membersOf({ options, type }: INodeProperties): INodeProperties[] | undefined {
	if (type === 'collection') return options as INodeProperties[];
	if (type !== 'fixedCollection') return undefined;
	return (options as INodePropertyCollection[]).flatMap(({ values }) => values);
}

function typeOf({ modes, type }: INodeProperties): string {
	return modes ? modes.map(({ displayName }) => displayName).join(', ') : (TYPES[type] ?? type);
}

function notes({
	default: start,
	description,
	displayOptions,
	hint,
	options,
	type,
}: INodeProperties) {
	const choices = type === 'options' ? (options as INodePropertyOptions[]) : undefined;
	return [
		(description ?? hint)?.replace(/<[^>]+>/g, ''),
		choices && `Values: ${choices.map(choice).join(', ')}`,
		condition(displayOptions?.show),
		preset(start),
	]
		.filter((note) => typeof note === 'string')
		.map(sentence)
		.join(' ');
}

function choice({ description, name, value }: INodePropertyOptions): string {
	return `${code(String(value))} ${name}${description ? ` (${description})` : ''}`;
}

function condition(show: NonNullable<INodeProperties['displayOptions']>['show'] = {}) {
	const parts = Object.entries(show)
		.filter(([name]) => name !== '@version')
		.map(([name, values]) => `${code(name)} is ${code(String(values))}`);
	return parts.length === 0 ? undefined : `Where ${parts.join(' and ')}`;
}

/** What the editor has filled in, unless that is nothing. */
function preset(start: INodeProperties['default']): string | undefined {
	const value =
		typeof start === 'object' && start !== null && 'value' in start ? start.value : start;
	return ['string', 'number', 'boolean'].includes(typeof value) && value !== ''
		? `Preset: ${code(String(value))}`
		: undefined;
}
