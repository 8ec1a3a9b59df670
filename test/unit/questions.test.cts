/** Which message answers which question. */
import { QuestionBook } from '../../nodes/Eyun/questions/book.ts';
import { matchAnswer, type SaidMessage } from '../../nodes/Eyun/questions/match.ts';
import type { ChatQuestion, ReplyChoice } from '../../nodes/Eyun/questions/question.ts';
import { proofOf, readQuestionRequest } from '../../nodes/Eyun/questions/request.ts';
import { choiceMeant, NO_WORDS, plainWords, YES_WORDS } from '../../nodes/Eyun/questions/words.ts';

const APPROVAL: ReplyChoice[] = [
	{ approved: true, label: 'Approve', words: YES_WORDS },
	{ approved: false, label: 'Decline', words: NO_WORDS },
];

describe('words', () => {
	it.each([
		...[
			'1',
			'１',
			'①',
			' 1. ',
			'1、',
			'“1”',
			'APPROVE',
			'approve!',
			'Ｙｅｓ',
			'OK~',
			'好的～',
			'同意。',
		],
		...['[强]', '[OK]', '👍🏽', '✅️', '是的！！！', 'ok\n'],
	])('%j approves', (text) => {
		expect(choiceMeant(text, APPROVAL)?.approved).toBe(true);
	});

	it.each(['2', '②', 'No.', 'ＮＯ', '不同意', '（拒绝）', 'declined', '👎', '不，'])(
		'%j declines',
		(text) => {
			expect(choiceMeant(text, APPROVAL)?.approved).toBe(false);
		},
	);

	it.each(['', '?', '12', '3', '1 2', '同意吗', 'yes or no', 'not ok', '[Image]'])(
		'%j is neither',
		(text) => {
			expect(choiceMeant(text, APPROVAL)).toBeUndefined();
		},
	);

	it('of one answer are none of the other', () => {
		const no = NO_WORDS.map(plainWords);
		expect(YES_WORDS.map(plainWords).filter((word) => no.includes(word))).toEqual([]);
		expect([...YES_WORDS, ...NO_WORDS].map(plainWords)).not.toContain('');
	});

	it('with one button, only that one counts', () => {
		expect(choiceMeant('2', APPROVAL.slice(0, 1))).toBeUndefined();
		expect(choiceMeant('no', APPROVAL.slice(0, 1))).toBeUndefined();
	});
});

const NOW = 1_795_000_000_000;

function question(id: string, more: Partial<ChatQuestion> = {}): ChatQuestion {
	return {
		...{ id, account: { wcId: 'me' }, chat: 'friend', text: `Text of ${id}`, askedAt: NOW },
		...more,
	};
}

const said = (text: string, more: Partial<SaidMessage> = {}): SaidMessage => ({
	...{ wcId: 'me', wId: 'login', chatId: 'friend', senderId: 'friend', at: NOW + 1_000, text },
	...more,
});

const match = (message: SaidMessage, ...questions: ChatQuestion[]) => {
	const found = matchAnswer(message, questions, NOW + 2_000);
	return 'question' in found ? `${found.kind} ${found.question.id}` : found.kind;
};

describe('a message', () => {
	const text = question('text');
	const approval = question('approval', { choices: APPROVAL });
	const ship = question('ship', { choices: [{ approved: true, label: 'Ship', words: [] }] });

	it.each<[string, SaidMessage, ChatQuestion[], string]>([
		['answers a question', said('hi'), [text], 'answer text'],
		['in another chat', said('hi', { chatId: 'other' }), [text], 'nothing'],
		['to another account', said('hi', { wcId: 'you' }), [text], 'nothing'],
		['without any question', said('hi'), [], 'nothing'],
		['answers the oldest', said('1'), [approval, text], 'answer approval'],
		['answers the oldest, a text', said('1'), [text, approval], 'answer text'],
		[
			'that an older approval does not know',
			said('hi'),
			[approval, text],
			'notUnderstood approval',
		],
		['in the words of a younger approval', said('ship'), [approval, ship], 'answer ship'],
		['is too late', said('hi'), [question('late', { until: NOW + 1_999 })], 'nothing'],
		['is in time', said('hi'), [question('soon', { until: NOW + 2_001 })], 'answer soon'],
		['is older than the question', said('hi', { at: NOW - 61_000 }), [text], 'nothing'],
		['has no time', said('hi', { at: null }), [text], 'answer text'],
	])('%s', (_what, message, questions, expected) => {
		expect(match(message, ...questions)).toBe(expected);
	});

	it('is known by the login where the WeChat ID is not known', () => {
		const byLogin = question('login', { account: { wId: 'login' } });
		expect(match(said('hi'), byLogin)).toBe('answer login');
		expect(match(said('hi', { wId: 'next' }), byLogin)).toBe('nothing');
	});

	it('of somebody else is no answer', () => {
		const named = question('named', { chat: 'group', person: 'friend', choices: APPROVAL });
		const other = { chatId: 'group', senderId: 'other' };
		expect(match(said('hi', other), named)).toBe('nothing');
		expect(match(said('1', other), named)).toBe('notAsked named');
		expect(match(said('1', { ...other, senderId: 'friend' }), named)).toBe('answer named');
	});

	it('answers the question that it quotes', () => {
		const older = question('older', { messageId: '11' });
		const younger = question('younger', { messageId: '22' });
		const quoting = (messageId: string | null, words: string | null) =>
			match(said('hi', { quoted: { messageId, text: words } }), older, younger);
		expect(quoting('22', null)).toBe('answer younger');
		expect(quoting('33', ' Text  of younger\n')).toBe('answer younger');
		expect(quoting('33', 'Text')).toBe('nothing');
		expect(quoting(null, null)).toBe('nothing');
	});
});

describe('the book', () => {
	const group = (questions: ChatQuestion[], ready = true) => ({
		...{ id: 'group', resumeUrl: 'http://n8n/1', ready, questions },
	});
	const answer = {
		...{ text: 'hi', respondedAt: '', senderId: null, senderName: null, messageId: null },
		...{ key: 'key', callback: '{}' },
	};

	it('keeps an answer that came before the last word about its question', () => {
		const book = new QuestionBook();
		book.put('one', group([question('a')], false));
		book.answer('one', book.questions[0], answer);
		book.put('one', group([question('a', { messageId: '5' })]));
		expect(book.group('group')).toMatchObject({
			ready: true,
			questions: [{ messageId: '5', answer }],
		});
	});

	it('takes up what it does not know, and nothing that is over', () => {
		const book = new QuestionBook();
		const stored = { groups: [group([question('a')])], answered: ['key'] };
		expect(book.restore('one', stored)).toHaveLength(1);
		expect(book.restore('one', stored)).toEqual([]);
		expect(book.isAnswer('key')).toBe(true);
		book.end('group');
		expect(book.restore('two', stored)).toEqual([]);
		expect(book.storedFor('one').groups).toEqual([]);
	});

	it('takes no key up again that it has released', () => {
		const book = new QuestionBook();
		const stored = { groups: [group([question('a')])], answered: ['key'] };
		book.restore('one', stored);
		book.release('key');
		book.restore('one', stored);
		expect(book.isAnswer('key')).toBe(false);
	});

	it('drops a single question whose time is over, and what was never asked to the end', () => {
		const book = new QuestionBook();
		book.put('one', group([question('a', { until: Date.now() - 1 })]));
		book.put('one', { ...group([question('b', { askedAt: 0 })], false), id: 'left' });
		book.put('one', { ...group([question('c')]), id: 'open' });
		expect(book.storedFor('one').groups.map(({ id }) => id)).toEqual(['open']);
		expect(book.storedFor('two').groups).toEqual([]);
	});
});

describe('a request about questions', () => {
	const put = {
		id: 'g',
		resumeUrl: 'https://n8n.example.com/w/1',
		ready: false,
		questions: [question('a')],
	};
	const read = (request: unknown) =>
		readQuestionRequest(Buffer.from(JSON.stringify(request)), ['https://n8n.example.com']);

	it('is proved by the secret and the body', () => {
		expect(proofOf('{}', 'a')).toBe(proofOf(Buffer.from('{}'), 'a'));
		expect(proofOf('{}', 'a')).not.toBe(proofOf('{}', 'b'));
		expect(proofOf('{}', 'a')).not.toBe(proofOf('{ }', 'a'));
	});

	it('is read when it is whole', () => {
		expect(read({ put })).toEqual({ put });
		expect(read({ withdraw: { group: 'g', ids: ['a'] } })).toBeDefined();
	});

	it.each<[string, unknown]>([
		['no object', 5],
		['an address elsewhere', { put: { ...put, resumeUrl: 'https://evil.example.com/w/1' } }],
		['no address', { put: { ...put, resumeUrl: 'n8n' } }],
		['half a question', { put: { ...put, questions: [{ id: 'a' }] } }],
		['half a withdrawal', { withdraw: { group: 'g' } }],
	])('is refused with %s', (_what, request) => {
		expect(read(request)).toBeUndefined();
	});

	it('is refused when it is no JSON', () => {
		expect(readQuestionRequest(Buffer.from('{'), [])).toBeUndefined();
	});
});
