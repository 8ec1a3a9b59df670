import { createHmac } from 'node:crypto';

import { isRecord } from '../common/records';
import type { ChatQuestion, QuestionGroup } from './question';

/**
 * How the action node tells a trigger about its questions: a POST to the trigger's own address, which
 * Eyun knows as well. So it carries a header that Eyun never sends: a proof, made of the address's secret and
 * the body.
 */
export const QUESTION_HEADER = 'x-eyun-question';

/** In the answer of a trigger that has kept the questions. */
export const KEPT = 'kept';

/** In the answer of the asking node that goes on with what was answered. */
export const TAKEN = 'taken';

/** What a request says. */
export interface QuestionRequest {
	/** The group; its questions are those that are new or have changed. */
	put?: QuestionGroup;
	/** Questions that were not sent. */
	withdraw?: { group: string; ids: string[] };
}

/**
 * Proves that a request comes from who knows the secret.
 *
 * @param body of the request, byte for byte
 * @param secret of the trigger's address
 */
export function proofOf(body: string | Buffer, secret: string): string {
	return createHmac('sha256', secret).update('eyun question ').update(body).digest('hex');
}

/**
 * Reads a request whose proof is right.
 *
 * @param body its bytes
 * @param origins of this n8n: answers go nowhere else
 * @returns undefined for anything else
 */
export function readQuestionRequest(
	body: Buffer,
	origins: readonly string[],
): QuestionRequest | undefined {
	let request: unknown;
	try {
		request = JSON.parse(body.toString('utf8'));
	} catch {
		return undefined;
	}
	if (!isRecord(request)) return undefined;
	const { put, withdraw } = request;
	if (put !== undefined && !isGroup(put, origins)) return undefined;
	if (withdraw !== undefined && !isWithdrawal(withdraw)) return undefined;
	return request as QuestionRequest;
}

function isGroup(value: unknown, origins: readonly string[]): value is QuestionGroup {
	if (!isRecord(value)) return false;
	const { id, resumeUrl, ready, questions } = value;
	if (typeof id !== 'string' || typeof ready !== 'boolean') return false;
	if (typeof resumeUrl !== 'string' || !URL.canParse(resumeUrl)) return false;
	return (
		origins.includes(new URL(resumeUrl).origin) &&
		Array.isArray(questions) &&
		questions.every(isQuestion)
	);
}

function isQuestion(value: unknown): value is ChatQuestion {
	if (!isRecord(value)) return false;
	const { id, chat, text, askedAt, account } = value;
	const texts = [id, chat, text].every((member) => typeof member === 'string');
	return texts && typeof askedAt === 'number' && isRecord(account);
}

function isWithdrawal(value: unknown): boolean {
	return isRecord(value) && typeof value.group === 'string' && Array.isArray(value.ids);
}
