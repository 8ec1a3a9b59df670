/** The vendor's facts about its answers, typed: examples and tables of fields. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseExact } from '../nodes/Eyun/common/exactJson';
import { endpointOf, type Named, operations } from './endpoints.cts';
import endpointsJson from './endpoints.json';

/** One documented field of an answer. The tables are flat: they hide where a field is nested. */
export interface AnswerField {
	/** Its name, without the `data.` that some tables put in front. */
	name: string;
	/** The table's type, which is not always the wire's: string, String, int, long, JSONArray, … or "". */
	type: string;
}

/** A whole answer: code, message, data. */
export type Answer = Record<string, unknown>;

/** What is known about the answers of one operation. */
export interface Answers {
	/** Whole success answers, each as the vendor's JSON; 64-bit integers are strings. */
	examples: readonly Answer[];
	/** Those of the operations of the same module, which name the same things alike. */
	moduleExamples: readonly Answer[];
	/** The fields of `data` that the vendor's table names, each name once. */
	fields: readonly AnswerField[];
}

/** Fields of the envelope, not of `data`. */
const ENVELOPE = ['code', 'msg', 'message', 'data'];

// Read as text and not imported: an import would round the 64-bit ids in it.
const responses = parseExact(readFileSync(join(__dirname, 'responses.json'), 'utf8')) as Record<
	string,
	{ success: Answer[] }
>;

/** Success answers that responses.json leaves out (spec/FACTS.md: Key shapes). */
const MORE_EXAMPLES: Record<string, Answer[]> = {
	deng_lu_zhi_xing_wei_xin_deng_lu: [
		{
			code: '1000',
			message: '处理成功',
			data: {
				country: 'CN',
				wAccount: 'hi1212',
				deviceType: 'android',
				city: '',
				signature: '我的签名如风一样难以琢磨',
				nickName: '贝塔同学',
				sex: 2,
				headUrl: 'http://wx.qlogo.cn/mmhead/ver_1/EImpg1FW',
				type: 2,
				smallHeadImgUrl: 'http://wx.qlogo.cn/mmhead/ver_1/EImpg1FW',
				wcId: 'wxid_ylxtxxg0p8bx22',
				wId: '25d50610-1a82-4531-b9db-dd80c5a3c14a',
				mobilePhone: '19800000000',
			},
		},
	],
};

const tables = new Map(
	(
		endpointsJson as Array<{
			operationId: string;
			returns: Array<{ field: string; type: string }>;
		}>
	).map(({ operationId, returns }) => [operationId, returns]),
);

/**
 * What the vendor says about the answers of an operation.
 *
 * @param operation of the catalogue
 * @throws Error when the vendor has no such endpoint
 */
export function answersOf(operation: Named): Answers {
	const endpoint = endpointOf(operation);
	if (!endpoint || !responses[endpoint.operationId]) throw new Error(`${operation.path} has no answers in the spec`);
	const fields = new Map<string, AnswerField>();
	for (const { field, type } of tables.get(endpoint.operationId) ?? []) {
		const name = field.replace(/^data\./, '');
		if (!ENVELOPE.includes(name) && !fields.has(name)) fields.set(name, { name, type });
	}
	return {
		examples: examplesOf(endpoint),
		moduleExamples: operations
			.filter(({ module }) => module === endpoint.module)
			.flatMap(examplesOf),
		fields: [...fields.values()],
	};
}

function examplesOf({ operationId }: { operationId: string }): Answer[] {
	return [...(responses[operationId]?.success ?? []), ...(MORE_EXAMPLES[operationId] ?? [])];
}

/** All success answers of all operations. */
export const allExamples: readonly Answer[] = operations.flatMap(examplesOf);
