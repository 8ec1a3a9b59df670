/**
 * Checks a request body against spec/endpoints.json and names what is wrong. The vendor's own
 * wording for a bad parameter is unknown: assumed, vendor undocumented.
 */
import { jsonType, isJsonObject, numberText, type Json, type JsonObject } from './json.cts';
import type { Parameter } from '../spec/endpoints.cts';
import type { PathRule } from './spec.cts';
import {
	acceptsBareNumber,
	acceptsNumericString,
	acceptsValue,
	mayBeEmptyString,
	otherName,
	standIns,
	toleratedKeys,
} from './tolerance.cts';

const INTEGER = /^-?\d+$/;
const LIMITS = {
	int: { least: -(2n ** 31n), most: 2n ** 31n - 1n },
	// Moments and Channels ids are unsigned, comment ids signed 64-bit (spec/FACTS.md: Anomalies, Per operation).
	long: { least: -(2n ** 63n), most: 2n ** 64n - 1n },
	bigint: { least: -(2n ** 63n), most: 2n ** 64n - 1n },
};

/**
 * Takes a rule, the body as parsed by parseExact, and whether tolerances are off. Gives back the
 * list of faults, each naming its field; empty when the body is good. Values accepted under their
 * other name (spec/FACTS.md: Anomalies, Structure me…, my…) are put under the name of the table in the body, and so are the
 * values of parameters that older clients do not know.
 */
export function validate(rule: PathRule, body: JsonObject, strict: boolean): string[] {
	if (!strict) {
		adoptOtherNames(rule, body);
		for (const [name, value] of Object.entries(standIns(rule.path))) body[name] ??= value;
	}
	const faults: string[] = [];
	for (const param of rule.params) {
		const fault = checkParameter(rule, param, body, strict);
		if (fault) faults.push(fault);
	}
	return strict ? [...faults, ...unknownKeys(rule, body)] : faults;
}

function adoptOtherNames(rule: PathRule, body: JsonObject): void {
	for (const { name } of rule.params) {
		const other = otherName(rule.path, name);
		if (other && body[name] === undefined && body[other] !== undefined) body[name] = body[other];
	}
}

function unknownKeys(rule: PathRule, body: JsonObject): string[] {
	const known = [...rule.params.map((param) => param.name), ...toleratedKeys(rule.path)];
	return Object.keys(body)
		.filter((key) => !known.includes(key))
		.map((key) => `${key} 不是接口参数`);
}

function checkParameter(
	rule: PathRule,
	param: Parameter,
	body: JsonObject,
	strict: boolean,
): string | undefined {
	const [parent, child] = param.name.split('.');
	const holder = child ? body[parent] : body;
	// A nested parameter is required only inside a parent that is there and is an object.
	if (!isJsonObject(holder)) return undefined;
	const value = holder[child ?? parent];
	const { path } = rule;

	if (param.type === 'byte[]') return checkBytes(param, value);
	if (value === undefined || value === null) {
		return param.required ? `缺少必填参数 ${param.name}` : undefined;
	}
	const fault = checkType(path, param, value, strict);
	if (fault) return fault;
	if (value === '' && param.required && !emptyAllowed(path, param)) return `${param.name} 不能为空`;
	return checkValue(path, param, value, strict);
}

function emptyAllowed(path: string, param: Parameter): boolean {
	return '' in (param.values ?? {}) || mayBeEmptyString(path, param.name);
}

/** byte[]: null on the first page, so the key must be there while its value may be null. */
function checkBytes(param: Parameter, value: Json | undefined): string | undefined {
	if (value === undefined) return `缺少必填参数 ${param.name}`;
	if (value === null || typeof value === 'string') return undefined;
	return mistyped(param.name, 'byte[] (null or the value returned before)', value);
}

function checkType(
	path: string,
	param: Parameter,
	value: Json,
	strict: boolean,
): string | undefined {
	const wrong = mistyped(param.name, param.type, value);
	switch (param.type) {
		case 'string':
			if (typeof value === 'string') return undefined;
			if (!strict && acceptsBareNumber(path, param.name) && numberText(value)) return undefined;
			return wrong;
		case 'boolean':
			return typeof value === 'boolean' ? undefined : wrong;
		case 'object':
			return isJsonObject(value) ? undefined : wrong;
		case 'string[]':
			if (!Array.isArray(value)) return wrong;
			return value.every((entry) => typeof entry === 'string')
				? undefined
				: `${param.name} 应为 string[]，实际为含有其他类型的 array`;
		case 'int':
		case 'long':
		case 'bigint':
			return checkInteger(path, param, param.type, value, strict);
		case 'byte[]':
			return checkBytes(param, value);
	}
}

function checkInteger(
	path: string,
	param: Parameter,
	type: 'int' | 'long' | 'bigint',
	value: Json,
	strict: boolean,
): string | undefined {
	const quoted = typeof value === 'string' && !strict && acceptsNumericString(path, param.name);
	const digits = quoted ? value : numberText(value);
	if (digits === undefined) return mistyped(param.name, type, value);
	if (!INTEGER.test(digits)) {
		return `${param.name} 应为 ${type}，实际为 ${jsonType(value)} ${digits}`;
	}
	const { least, most } = LIMITS[type];
	const number = BigInt(digits);
	return number < least || number > most ? `${param.name} 超出 ${type} 范围: ${digits}` : undefined;
}

function checkValue(
	path: string,
	param: Parameter,
	value: Json,
	strict: boolean,
): string | undefined {
	const allowed = Object.keys(param.values ?? {});
	// One documented value alone is the first-page value of an id or a page, not the whole list.
	if (allowed.length < 2) return undefined;
	// Text values are held to the list only in strict mode: foreign clients invent device names.
	const text = typeof value === 'string' ? value : numberText(value);
	if (text === undefined || (param.type === 'string' && !strict)) return undefined;
	if (allowed.includes(text) || (!strict && acceptsValue(path, param.name, text))) return undefined;
	return `${param.name} 的值 ${text} 不在允许范围 ${allowed.join(',')}`;
}

function mistyped(name: string, expected: string, value: Json): string {
	return `${name} 应为 ${expected}，实际为 ${jsonType(value)}`;
}
