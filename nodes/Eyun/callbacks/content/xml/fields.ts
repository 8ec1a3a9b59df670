import { XmlElement } from '../../../libraries/xml';

/**
 * Readers that all kinds share. What is missing or empty is `null`; nothing throws. Ids are read as
 * text, so that 64-bit ones keep all their digits.
 */

type Fields = Readonly<Record<string, unknown>>;

/** No more digits than a JavaScript number holds exactly. */
const NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?$/;

/** The first element at a path of names below another. */
export function child(
	element: XmlElement | undefined,
	...path: readonly string[]
): XmlElement | undefined {
	return path.reduce<XmlElement | undefined>((at, name) => children(at, name)[0], element);
}

/** All elements of a name directly below another. */
export function children(element: XmlElement | undefined, name: string): XmlElement[] {
	return elementsIn(element).filter((node) => node.name === name);
}

/** All elements directly below another. */
export function elementsIn(element: XmlElement | undefined): XmlElement[] {
	return (element?.children ?? []).filter((node) => node instanceof XmlElement);
}

/** The text in an element at a path of names. */
export function textIn(element: XmlElement | undefined, ...path: readonly string[]): string | null {
	return filled(child(element, ...path)?.text);
}

/** The number in an element at a path of names. */
export function number(element: XmlElement | undefined, ...path: readonly string[]): number | null {
	return toNumber(textIn(element, ...path));
}

/** An attribute; of several names, the first that has a value. */
export function attribute(
	element: XmlElement | undefined,
	...names: readonly string[]
): string | null {
	const values = names.map((name) => filled(element?.attributes[name]));
	return values.find((value) => value !== null) ?? null;
}

/** An attribute that is a number. */
export function attributeNumber(
	element: XmlElement | undefined,
	...names: readonly string[]
): number | null {
	return toNumber(attribute(element, ...names));
}

/** A text that the vendor put beside the content. */
export function field(data: Fields, ...names: readonly string[]): string | null {
	const values = names.map((name) => data[name]);
	return values.map((value) => filled(valueText(value))).find((value) => value !== null) ?? null;
}

/** A number that the vendor put beside the content. */
export function fieldNumber(data: Fields, ...names: readonly string[]): number | null {
	return toNumber(field(data, ...names));
}

/** A text as a number; null when it is none, or one that JavaScript would round. */
export function toNumber(value: string | null): number | null {
	return value !== null && NUMBER.test(value) ? Number(value) : null;
}

/** The front of a list, and how many are left out. */
export function limited<T>(list: readonly T[], limit: number): { kept: T[]; omitted: number } {
	return { kept: list.slice(0, limit), omitted: Math.max(0, list.length - limit) };
}

function valueText(value: unknown): string | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
	return typeof value === 'string' ? value : undefined;
}

function filled(value: string | undefined): string | null {
	const trimmed = value?.trim() ?? '';
	return trimmed === '' ? null : trimmed;
}
