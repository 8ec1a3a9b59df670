import type { IDataObject } from 'n8n-workflow';

import { ageInSeconds } from '../../nodes/Eyun/common/age.ts';
import { parseCallback } from '../../nodes/Eyun/callbacks/parse.ts';
import { passesFilters } from '../../nodes/Eyun/trigger/settings/filters.ts';
import { toOutput } from '../../nodes/Eyun/callbacks/output.ts';
import {
	isAllowed,
	readAllowedAddresses,
} from '../../nodes/Eyun/trigger/settings/allowedAddresses.ts';
import type { TriggerSettings } from '../../nodes/Eyun/trigger/settings/parse.ts';
import { readSettings } from '../../nodes/Eyun/trigger/settings/parse.ts';
import { containsAny, readPattern } from '../../nodes/Eyun/trigger/settings/textFilter.ts';

const ME = 'wxid_me';
const GROUP = '1234@chatroom';

function settings(options: IDataObject = {}, parameters: IDataObject = {}): TriggerSettings {
	const all: IDataObject = { options, ...parameters };
	const context = { getNodeParameter: (name: string, fallback: unknown) => all[name] ?? fallback };
	return readSettings(context as unknown as Parameters<typeof readSettings>[0]);
}

function wants(options: IDataObject, messageType: string, data: IDataObject, events = ['*']) {
	const body = { account: 'a', wcId: ME, messageType, data: { wId: 'w', toUser: ME, ...data } };
	const callback = parseCallback(Buffer.from(JSON.stringify(body)));
	if ('malformed' in callback) throw new Error(callback.malformed);
	return passesFilters(toOutput(callback), settings(options, { events }), callback.code);
}

const friend = { fromUser: 'wxid_friend', content: 'What is the Price?' };
const member = { fromUser: 'wxid_member', fromGroup: GROUP, content: 'Hello all' };
const privateText = (options: IDataObject) => wants(options, '60001', friend);
const groupText = (options: IDataObject, more: IDataObject = {}) =>
	wants(options, '80001', { ...member, ...more });
const privateImage = (options: IDataObject) =>
	wants(options, '60002', { fromUser: 'wxid_friend', content: '<msg><img/></msg>' });
const offline = (options: IDataObject) => wants(options, '30000', { reason: 'x' });
const renamed = (options: IDataObject) => wants(options, '85005', member);

it('lets everything through as it comes', () => {
	for (const asked of [privateText, groupText, privateImage, offline, renamed]) {
		expect(asked({})).toBe(true);
	}
});

describe('a group under the code of private chats', () => {
	const inGroup = { fromUser: 'wxid_member', fromGroup: GROUP, content: 'hi' };

	it.each([
		[['privateMessage'], false],
		[['60001'], false],
		[['groupMessage'], true],
		[['80001'], true],
		[['message'], true],
	])('with Events %j: %s', (events, expected) => {
		expect(wants({}, '60001', inGroup, events)).toBe(expected);
		expect(wants({}, '60001', { ...inGroup, fromGroup: '', fromUser: GROUP }, events)).toBe(
			expected,
		);
	});

	it('is a group for every option', () => {
		expect(wants({ chats: 'private' }, '60001', inGroup)).toBe(false);
		expect(wants({ groups: ['9@chatroom'] }, '60001', inGroup)).toBe(false);
		expect(wants({ groups: [GROUP] }, '60001', inGroup)).toBe(true);
		expect(wants({ onlyMentioned: true }, '60001', inGroup)).toBe(false);
	});
});

describe('a file', () => {
	const file = (type: number, more = '') => ({
		...friend,
		content: `wxid_friend:\n<msg><appmsg><title>a.pdf</title><type>${type}</type><appattach><totallen>1</totallen>${more}</appattach></appmsg></msg>`,
	});
	const uploading = file(6, '<fileuploadtoken>v1_a</fileuploadtoken>');

	it.each(['*', 'message', 'privateMessage'])('is one event with %s', (choice) => {
		expect(wants({}, '60008', file(74), [choice])).toBe(false);
		expect(wants({}, '60008', uploading, [choice])).toBe(false);
		expect(wants({}, '60008', file(6, '<attachid>@cdn_1</attachid>'), [choice])).toBe(true);
		expect(wants({}, '60008', file(6), [choice])).toBe(true);
		expect(wants({}, '60008', friend, [choice])).toBe(true);
		expect(wants({}, '60009', file(6), [choice])).toBe(true);
		expect(wants({}, '60009', file(74), [choice])).toBe(true);
	});

	it('is announced to whoever asks for it', () => {
		expect(wants({}, '60008', file(74), ['60008'])).toBe(true);
		expect(wants({}, '60008', file(74), ['*', '60008'])).toBe(true);
		expect(wants({}, '60008', file(74), ['80008'])).toBe(false);
		expect(wants({}, '60008', { ...file(74), fromGroup: GROUP }, ['80008'])).toBe(true);
		expect(wants({}, '80008', { ...file(74), fromGroup: GROUP })).toBe(false);
	});
});

it('tells chats apart; events outside of chats stay', () => {
	expect(privateText({ chats: 'private' })).toBe(true);
	expect(groupText({ chats: 'private' })).toBe(false);
	expect(renamed({ chats: 'private' })).toBe(false);
	expect(privateText({ chats: 'group' })).toBe(false);
	expect(groupText({ chats: 'group' })).toBe(true);
	expect(offline({ chats: 'group' })).toBe(true);
	expect(privateText({ chats: 'nonsense' })).toBe(true);
});

it('takes only the receiving accounts asked for', () => {
	expect(privateText({ receivingAccounts: [ME, 'wxid_other'] })).toBe(true);
	expect(privateText({ receivingAccounts: ['wxid_other'] })).toBe(false);
	expect(offline({ receivingAccounts: ['wxid_other'] })).toBe(false);
	expect(privateText({ receivingAccounts: [' ', ''] })).toBe(true);
	expect(privateText({ receivingAccounts: `wxid_x, ${ME}` })).toBe(true);
});

it('takes only the senders asked for; events without a sender stay', () => {
	expect(privateText({ senders: ['wxid_friend'] })).toBe(true);
	expect(groupText({ senders: ['wxid_friend'] })).toBe(false);
	expect(offline({ senders: ['wxid_friend'] })).toBe(true);
});

it('takes only the groups asked for; private chats stay', () => {
	expect(groupText({ groups: [GROUP] })).toBe(true);
	expect(groupText({ groups: ['9@chatroom'] })).toBe(false);
	expect(renamed({ groups: ['9@chatroom'] })).toBe(false);
	expect(privateText({ groups: ['9@chatroom'] })).toBe(true);
});

it('takes group messages only when mentioned', () => {
	const options = { onlyMentioned: true };
	expect(groupText(options)).toBe(false);
	expect(groupText(options, { atlist: ['wxid_x'] })).toBe(false);
	expect(groupText(options, { atlist: [ME] })).toBe(true);
	expect(groupText(options, { atlist: ['notify@all'] })).toBe(true);
	expect(privateText(options)).toBe(true);
	expect(renamed(options)).toBe(true);
});

it('looks into texts; messages without text do not match, other events stay', () => {
	expect(privateText({ textContains: ['order', 'PRICE'] })).toBe(true);
	expect(privateText({ textContains: ['order'] })).toBe(false);
	expect(privateImage({ textContains: ['order'] })).toBe(false);
	expect(renamed({ textContains: ['order'] })).toBe(true);
	expect(privateText({ textMatches: '(?i)price\\?$' })).toBe(true);
	expect(privateText({ textMatches: '^price' })).toBe(false);
	expect(privateImage({ textMatches: 'x' })).toBe(false);
	expect(privateImage({ textMatches: '.*' })).toBe(true);
	expect(offline({ textMatches: 'x' })).toBe(true);
});

it('combines everything', () => {
	const options = { chats: 'private', senders: ['wxid_friend'], textContains: ['price'] };
	expect(privateText(options)).toBe(true);
	expect(wants(options, '60001', friend, ['80001'])).toBe(false);
	expect(wants(options, '60001', { ...friend, self: true })).toBe(false);
});

describe('old messages', () => {
	const aged = (seconds: number) => ({
		...friend,
		timestamp: Math.floor(Date.now() / 1000) - seconds,
	});
	const asked = (maximumAge: number, seconds: number) =>
		wants({ maximumAge }, '60001', aged(seconds));

	it('are dropped when asked for', () => {
		expect(asked(60, 10)).toBe(true);
		expect(asked(60, 90)).toBe(false);
		expect(asked(0, 1e9)).toBe(true);
		expect(asked(60, -300)).toBe(true);
		expect(wants({ maximumAge: 60 }, '60001', friend)).toBe(true);
	});

	it('are told by the clock that makes them younger, when the clock jumps ahead', () => {
		const now = Math.floor(Date.now() / 1000);
		const ahead = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
		expect(ageInSeconds(now)).toBeLessThan(60);
		ahead.mockRestore();
		const back = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000);
		expect(ageInSeconds(now)).toBe(0);
		back.mockRestore();
	});
});

describe('regular expressions', () => {
	it('take linear time: a catastrophic one over a long text ends', () => {
		const text = `${'a'.repeat(19_000)}!`;
		expect(readPattern('^(a+)+$').matches(text)).toBe(false);
		expect(readPattern('(a|a)*b').matches(text)).toBe(false);
		expect(readPattern('(.*)*(.*)*(.*)*x').matches(text)).toBe(false);
	});

	it('know Chinese and emoji', () => {
		expect(readPattern('订单\\s*\\d+').matches('订单 123 已发货')).toBe(true);
		expect(readPattern('^\\p{Han}+👌$').matches('好的👌')).toBe(true);
	});

	it.each(['(', '[a', '(?=a)', '(?<!a)b', '(a)\\1', '*'])(
		'say what is wrong with %s',
		(pattern) => {
			expect(readPattern(pattern).mistake).toMatch(/\w/);
			expect(readPattern(pattern).matches('a')).toBe(false);
		},
	);

	it('are fine otherwise', () => {
		expect(readPattern('^(?i)order\\s+(\\d+)$').mistake).toBeUndefined();
	});
});

it('finds words in capital and small letters', () => {
	expect(containsAny('ÄRGER mit 订单', ['ärger'])).toBe(true);
	expect(containsAny('abc', ['d', 'B'])).toBe(true);
	expect(containsAny('', ['a'])).toBe(false);
});

describe('sender addresses', () => {
	it.each([
		['', '203.0.113.7', true],
		['203.0.113.7', '203.0.113.7', true],
		['203.0.113.7', '203.0.113.8', false],
		['203.0.113.7', '::ffff:203.0.113.7', true],
		['::ffff:203.0.113.7', '203.0.113.7', true],
		['203.0.113.0/24', '203.0.113.255', true],
		['203.0.113.0/24', '203.0.114.0', false],
		['203.0.113.0/24', '::ffff:203.0.113.9', true],
		['::ffff:203.0.113.0/120', '203.0.113.9', true],
		['0.0.0.0/0', '198.51.100.1', true],
		['0.0.0.0/0', '2001:db8::1', false],
		['::/0', '2001:db8::1', true],
		['2001:db8::/32', '2001:db8:ffff::1', true],
		['2001:db8::/32', '2001:db9::1', false],
		['2001:DB8::1', '2001:db8:0:0:0:0:0:1', true],
		['203.0.113.7, 198.51.100.0/30', '198.51.100.3', true],
		['203.0.113.7\n198.51.100.1；192.0.2.1', '192.0.2.1', true],
		['203.0.113.7', undefined, false],
		['203.0.113.7', 'unix socket', false],
	])('%j and %s: %s', (allowed, sender, expected) => {
		expect(isAllowed(readAllowedAddresses(allowed), sender)).toBe(expected);
	});

	it.each([
		'203.0.113',
		'203.0.113.256',
		'1.2.3.4/33',
		'example.com',
		'2001:db8::/129',
		'10',
		'::g',
	])('are not %s', (entry) => {
		expect(readAllowedAddresses(`203.0.113.7, ${entry}`).wrong).toEqual([entry]);
	});
});

describe('settings', () => {
	it('are the defaults where nothing is chosen', () => {
		expect(settings()).toEqual({
			events: ['*'],
			automatic: true,
			takesOver: false,
			shares: false,
			manualSecret: '',
			allowedAddresses: { isEmpty: true, ranges: [], wrong: [] },
			respondsImmediately: false,
			response: { code: '1000', message: 'ok' },
			chats: 'both',
			downloadMedia: false,
			groups: [],
			includeOwnMessages: false,
			lookUpNames: false,
			allMentions: true,
			sessionPerMember: false,
			merge: undefined,
			takeover: undefined,
			severalEvents: false,
			voiceFormat: 'wav',
			maximumAge: 0,
			onlyMentioned: false,
			receivingAccounts: [],
			rememberedMessages: 10_000,
			senders: [],
			textContains: [],
			textMatches: undefined,
			watchdogMinutes: 5,
		});
	});

	it('survive nonsense', () => {
		const read = settings(
			{
				maximumAge: 'soon',
				rememberedMessages: -5,
				watchdogMinutes: 1e9,
				groups: { no: 'list' },
				senders: [1, null, ' a '],
				answerBody: 'done',
			},
			{ events: 'text', callbackManagement: 5, onConflict: null },
		);
		expect(read).toMatchObject({
			events: [],
			automatic: true,
			takesOver: false,
			maximumAge: 0,
			rememberedMessages: 0,
			watchdogMinutes: 60,
			groups: [],
			senders: ['a'],
			response: 'done',
		});
	});
});
