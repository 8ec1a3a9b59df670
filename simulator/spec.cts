/** The vendor's facts as the simulator uses them: one rule per path, one success answer per operation. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operations, type Operation, type Parameter } from '../spec/endpoints.cts';
import { parseExact, type Json, type JsonObject } from './json.cts';

/** What a path accepts. */
export interface PathRule {
	path: string;
	authorization: boolean;
	params: Parameter[];
}

/**
 * All paths. /sendText and /sendApplet serve two operations each: a parameter is
 * required there only when every operation of the path requires it, so `at` and `imgUrl` are optional.
 */
export const pathRules: ReadonlyMap<string, PathRule> = mergeByPath(operations);

function mergeByPath(all: Operation[]): Map<string, PathRule> {
	const rules = new Map<string, PathRule>();
	for (const path of new Set(all.map((operation) => operation.path))) {
		const served = all.filter((operation) => operation.path === path);
		const params = new Map<string, Parameter>();
		for (const param of served.flatMap((operation) => operation.params)) {
			const required = served.every((operation) =>
				operation.params.some((other) => other.name === param.name && other.required),
			);
			params.set(param.name, { ...param, required });
		}
		const authorization = served.every((operation) => operation.authorization);
		rules.set(path, { path, authorization, params: [...params.values()] });
	}
	return rules;
}

interface Answers {
	path: string;
	success: JsonObject[];
}

// Read as text and not imported: an import would round the 64-bit ids in it.
const answers = parseExact(
	readFileSync(join(__dirname, '..', 'spec', 'responses.json'), 'utf8'),
) as unknown as Record<string, Answers>;

/** The documented success answer of a path (of its first operation where it serves two). */
export function sampleAnswer(path: string): { message: string; data: Json | undefined } {
	const found = Object.values(answers).find((entry) => entry.path === path);
	const first = found?.success[0];
	const message = typeof first?.message === 'string' ? first.message : '成功';
	return { message, data: first?.data };
}
