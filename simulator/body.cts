/** A validated request body, read by name. Absent optional parameters give the stated default. */
import { isJsonObject, numberText, type Json, type JsonObject } from './json.cts';

export class Body {
	constructor(readonly json: JsonObject) {}

	/** A string parameter; a number accepted in its place gives its digits. '' when absent. */
	text(name: string): string {
		const value = this.json[name];
		return typeof value === 'string' ? value : (numberText(value) ?? '');
	}

	/** An int parameter. `fallback` when absent. */
	int(name: string, fallback = 0): number {
		const digits = this.digits(name);
		return digits === undefined ? fallback : Number(digits);
	}

	/** A long or bigint parameter, exact. 0n when absent. */
	wide(name: string): bigint {
		return BigInt(this.digits(name) ?? '0');
	}

	flag(name: string): boolean {
		return this.json[name] === true;
	}

	has(name: string): boolean {
		return this.json[name] !== undefined && this.json[name] !== null;
	}

	/** A comma separated list, full-width commas too (spec/FACTS.md: Anomalies, Structure), or a JSON array of strings. */
	list(name: string): string[] {
		const value = this.json[name];
		if (Array.isArray(value)) return value.filter((entry) => typeof entry === 'string');
		return this.text(name)
			.split(/[,，]/)
			.map((entry) => entry.trim())
			.filter((entry) => entry !== '');
	}

	object(name: string): JsonObject | undefined {
		const value: Json | undefined = this.json[name];
		return isJsonObject(value) ? value : undefined;
	}

	private digits(name: string): string | undefined {
		const value = this.json[name];
		const digits = typeof value === 'string' ? value : numberText(value);
		return digits !== undefined && /^-?\d+$/.test(digits) ? digits : undefined;
	}
}
