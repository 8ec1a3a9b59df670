import { LosslessNumber } from 'lossless-json';

import type { Field, Operation } from '../../nodes/Eyun/catalogue/types';
import { endpointOf, type Parameter } from '../../spec/endpoints.cts';

/** What a user types into one field, and what the vendor must get for it. */
export interface Sample {
	given: unknown;
	wire: unknown;
}

const WIDE_ID = '7365193471029381234';

const FORMATS: Record<string, string> = {
	id: 'wxid_sample',
	group: '12345678901@chatroom',
	url: 'https://example.com/a.png',
	dataUri: 'data:text/plain;base64,aGVsbG8=',
};

/** The parameters the vendor documents for an operation. */
function specParameters(operation: Operation): readonly Parameter[] {
	const endpoint = endpointOf(operation);
	if (!endpoint) throw new Error(`${operation.path} is not in the spec`);
	return endpoint.params;
}

/**
 * A value for a parameter by the vendor's documentation, and what it must become on the wire. The
 * wire side comes from the spec's type alone, so that a wrong type in the catalogue shows.
 */
function sampleOf(parameter: Parameter, field: Field, all: readonly Parameter[]): Sample {
	const documented = Object.keys(parameter.values ?? {}).at(-1);
	switch (parameter.type) {
		case 'int': {
			const digits = documented ?? String(field.max ?? 7);
			return { given: Number(digits), wire: new LosslessNumber(digits) };
		}
		case 'long':
		case 'bigint':
			return { given: WIDE_ID, wire: new LosslessNumber(WIDE_ID) };
		case 'boolean':
			return { given: true, wire: true };
		case 'string[]':
			return { given: 'one, two', wire: ['one', 'two'] };
		case 'byte[]':
			return { given: '', wire: null };
		case 'object':
			return objectSample(parameter, field, all);
		case 'string': {
			const text = documented ?? FORMATS[field.format ?? ''] ?? 'Text "with" 字 and\nlines';
			if (field.type !== 'list') return { given: text, wire: text };
			const wire = field.format === 'url' ? `${text}${field.separator}${text}` : 'wxid_a,wxid_b';
			return { given: documented ?? wire, wire: documented ?? wire };
		}
		default:
			throw new Error(`The spec has a type without a sample: ${parameter.type}`);
	}
}

function objectSample(parameter: Parameter, field: Field, all: readonly Parameter[]): Sample {
	const members = all.filter(({ name }) => name.startsWith(`${parameter.name}.`));
	const samples = members.map((member) => {
		const name = member.name.slice(parameter.name.length + 1);
		const inner = field.fields?.find((entry) => entry.name === name);
		if (!inner) throw new Error(`The catalogue lacks ${member.name}`);
		return { name, ...sampleOf(member, inner, all) };
	});
	return {
		given: { values: Object.fromEntries(samples.map(({ name, given }) => [name, given])) },
		wire: Object.fromEntries(samples.map(({ name, wire }) => [name, wire])),
	};
}

/** A whole request: the node's parameters, and the body they must become. */
export interface SampleRequest {
	parameters: Record<string, unknown>;
	wire: Record<string, unknown>;
}

/**
 * The smallest (required only) or the fullest request of an operation.
 *
 * @param fixed values that must be real, such as the instance ID of the simulator
 */
export function sampleRequest(
	operation: Operation,
	kind: 'smallest' | 'fullest',
	fixed: Record<string, string>,
): SampleRequest {
	const parameters = specParameters(operation);
	const top: Record<string, unknown> = {};
	const additional: Record<string, unknown> = {};
	const wire: Record<string, unknown> = {};
	for (const parameter of parameters.filter(({ name }) => !name.includes('.'))) {
		const field = operation.fields.find(({ name }) => name === parameter.name);
		if (!field) throw new Error(`The catalogue lacks ${operation.path} ${parameter.name}`);
		if (!parameter.required && kind === 'smallest') {
			if (!field.sendEmpty) continue;
			wire[field.name] = field.default;
			if (field.alsoSentAs) wire[field.alsoSentAs] = field.default;
			continue;
		}
		const sample = fixed[parameter.name]
			? { given: fixed[parameter.name], wire: fixed[parameter.name] }
			: sampleOf(parameter, field, parameters);
		(parameter.required ? top : additional)[parameter.name] = sample.given;
		wire[parameter.name] = sample.wire;
		if (field.alsoSentAs) wire[field.alsoSentAs] = sample.wire;
	}
	return { parameters: { ...top, additionalFields: additional }, wire };
}
