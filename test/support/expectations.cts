import { isDeepStrictEqual } from 'node:util';

/** What a file of test/fixtures/cases may say of a value instead of the value itself. */
type Check = (actual: unknown, wanted: never) => boolean;

const CHECKS: Record<string, Check> = {
	$re: (actual, pattern: string) => typeof actual === 'string' && patternOf(pattern).test(actual),
	$length: (actual, length: number) => sizeOf(actual) === length,
	$mentions: (actual, text: string) => JSON.stringify(actual)?.includes(text) ?? false,
	$ids: (actual, ids: string[]) =>
		Array.isArray(actual) &&
		isDeepStrictEqual(
			actual.map(({ wcId }: { wcId: unknown }) => wcId),
			ids,
		),
	$not: (actual, other: unknown) => mismatches(actual, other).length > 0,
	$type: (actual, type: string) => typeOf(actual) === type,
};

/** The files write flags as Python does. */
function patternOf(pattern: string): RegExp {
	const [, flags = '', source] = /^(?:\(\?([a-z]+)\))?([^]*)$/.exec(pattern) ?? [];
	return new RegExp(source, flags);
}

function sizeOf(value: unknown): number | undefined {
	if (typeof value === 'string' || Array.isArray(value)) return value.length;
	return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined;
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

/**
 * Compares a value with what a case expects; members that the case does not name are free.
 *
 * @returns a line for each difference; none when all is right
 */
export function mismatches(actual: unknown, wanted: unknown, at = 'it'): string[] {
	if (typeof wanted !== 'object' || wanted === null) {
		return Object.is(actual, wanted) ? [] : [differs(at, actual, wanted)];
	}
	if (Array.isArray(wanted)) {
		if (!Array.isArray(actual) || actual.length !== wanted.length) {
			return [differs(at, actual, wanted)];
		}
		return wanted.flatMap((value, index) => mismatches(actual[index], value, `${at}[${index}]`));
	}
	return Object.entries(wanted).flatMap(([name, value]) => {
		const check = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
		if (check) {
			return check(actual, value as never) ? [] : [differs(`${at} ${name}`, actual, value)];
		}
		const member = (actual as Record<string, unknown> | null | undefined)?.[name];
		return mismatches(member, value, `${at}.${name}`);
	});
}

function differs(at: string, actual: unknown, wanted: unknown): string {
	return `${at} is ${JSON.stringify(actual)}, not ${JSON.stringify(wanted)}`;
}
