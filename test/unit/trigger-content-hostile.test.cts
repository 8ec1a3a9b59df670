import * as fc from 'fast-check';

import { contentOf } from '../../nodes/Eyun/callbacks/output';
import { EVENT_TYPES } from '../../nodes/Eyun/callbacks/events.ts';
import { CONTENTS, contentIn, read } from '../fixtures/content/load.cts';

/** XML that is broken, or made to harm. `contentIn` checks that the result is JSON and data unchanged. */

const NAMES = Object.keys(CONTENTS);
const CODES = EVENT_TYPES.map(({ messageType }) => messageType);

/** What a message without a place for it in the code is read as. */
const other = (content: string) => contentIn('60999', { content });

describe('repaired', () => {
	const image = { type: 'image', md5: 'a', length: 1 };

	it.each([
		['a declaration after blanks', ' \n<?xml version="1.0"?><msg><img md5="a" length="1"/></msg>'],
		['a byte order mark', '\uFEFF<?xml version="1.0"?><msg><img md5="a" length="1"/></msg>'],
		[
			'another encoding',
			'<?xml version="1.0" encoding="gb2312"?><msg><img md5="a" length="1"/></msg>',
		],
		['a declaration inside', '<msg><?xml version="1.0"?>\n<img md5="a" length="1"/></msg>'],
		['a sender line', 'wxid_a-b:\n<msg><img md5="a" length="1"/></msg>'],
		['a sender line with blanks', ' wxid_a: \r\n<msg><img md5="a" length="1"/></msg>'],
		['a group before it', '1@chatroom:\n<?xml version="1.0"?><msg><img md5="a" length="1"/></msg>'],
		['words around it', 'words <msg><img md5="a" length="1"/></msg> more > words'],
		['a second root', '<msg><img md5="a" length="1"/></msg><msg><img md5="b"/></msg>'],
		['a bare ampersand', '<msg><img md5="a" length="1" url="http://a/?b=1&c=2"/></msg>'],
		['an unknown entity', '<msg><img md5="a" length="1"/>&nbsp;&copy;</msg>'],
		['control characters', '<msg\u0000><img\u0001 md5="\u0008a" length="1\uFFFF"/>\u001F</msg>'],
		['half a surrogate pair', '<msg>\uD800<img md5="a" length="1"/>\uDC00</msg>'],
		[
			'references to control characters',
			'<msg>&#0;<img md5="a&#x2;" length="&#16;1"/>&#xFFFE;&#x110000;&#xD83D;</msg>',
		],
		['a comment', '<!-- <a> --><msg><!-- > --><img md5="a" length="1"/></msg>'],
		['> in an attribute', '<msg><img b=">" c=\'"/>\' md5="a" length="1"/></msg>'],
	])('%s', (_, content) => {
		expect(contentIn('60002', { content })).toMatchObject(image);
	});

	it('keeps ampersands in CDATA', () => {
		const content =
			'wxid_a:\n<msg><appmsg><title>a&b &amp; c</title><type>5</type><url><![CDATA[http://a/?b=1&c=2&amp;d]]></url></appmsg></msg>';
		expect(other(content)).toMatchObject({
			title: 'a&b & c',
			url: 'http://a/?b=1&c=2&amp;d',
		});
	});

	it('reads an emoji that is written as two halves', () => {
		const content =
			'<msg><appmsg><title>&#xD83D;&#xDE00;&#55357;&#56832;&#2;</title><type>5</type></appmsg></msg>';
		expect(other(content)).toMatchObject({ title: '😀😀' });
	});

	it('keeps emoji and line breaks', () => {
		const content =
			'<msg><appmsg><title>👍🏻 one\r\ntwo&#x0A;three</title><type>5</type></appmsg></msg>';
		expect(other(content)).toMatchObject({ title: '👍🏻 one\ntwo\nthree' });
	});
});

describe('stays text', () => {
	const levels = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
	const message = (inner: string) => `<msg><img md5="a"/>${inner}</msg>`;

	it.each([
		['nothing but a tag', '<'],
		['an end tag', '</msg>'],
		['wrong nesting', '<msg><img></msg></img>'],
		['a missing end', '<msg><img md5="a"/>'],
		['an open attribute', '<msg><img md5="a></msg>'],
		['an attribute twice', '<msg><img md5="a" md5="b"/></msg>'],
		['open CDATA', '<msg><![CDATA[<img/></msg>'],
		['open comments', `<msg>${'<!-- '.repeat(20_000)}`],
		['much open CDATA', `<msg>${'<![CDATA['.repeat(20_000)}`],
		['many open declarations', `<msg>${'<?xml '.repeat(20_000)}`],
		['many quotes', `<msg ${'a="'.repeat(20_001)}`],
		['65 levels', message(levels(64))],
		['100,000 levels', message(levels(100_000))],
		['100,000 open levels', '<msg>'.repeat(100_000)],
		['5 MB of nested tags', message(levels(750_000))],
		['5 MB of tags', message('<a/>'.repeat(1_300_000))],
		['60,000 elements', message('<a/>'.repeat(60_000))],
		['more than 1 MB', message('x'.repeat(1_100_000))],
		['a document type', '<!DOCTYPE msg><msg><img md5="a"/></msg>'],
		[
			'an external entity',
			'<?xml version="1.0"?><!DOCTYPE msg [<!ENTITY x SYSTEM "file:///etc/passwd">]><msg><img md5="&x;"/></msg>',
		],
		[
			'a billion laughs',
			`<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, n) => `<!ENTITY lol${n + 1} "${`&lol${n || ''};`.repeat(10)}">`).join('')}]><msg><img md5="&lol9;"/></msg>`,
		],
		['a document type inside', '<msg><!DOCTYPE a><img md5="a"/></msg>'],
	])('%s', (_, content) => {
		expect(contentIn('60002', { content })).toBe(content);
	});

	it('up to the limits, it is read', () => {
		for (const inner of [
			levels(62),
			'<a/>'.repeat(40_000),
			'x'.repeat(1_000_000),
			'\r'.repeat(1_000_000),
		]) {
			expect(contentIn('60002', { content: message(inner) })).toMatchObject({ type: 'image' });
		}
	});

	it('inside another message, too', () => {
		const quoting = (inner: string) =>
			`<msg><appmsg><title>A</title><type>57</type><refermsg><type>49</type><content><![CDATA[${inner}]]></content></refermsg></appmsg></msg>`;
		for (const inner of ['<msg>', '<msg>'.repeat(50_000), levels(1000), '<!DOCTYPE a><msg/>']) {
			expect(other(quoting(inner))).toMatchObject({ type: 'quote', quoted: { content: null } });
		}
	});
});

it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'])(
	'takes %s for a name like any other',
	(name) => {
		const contents = [
			`<${name}/>`,
			`<sysmsg type="${name}"><${name}/></sysmsg>`,
			`<msg><appmsg><type>${name}</type></appmsg></msg>`,
			`<msg ${name}="1"><${name}>1</${name}></msg>`,
		];
		for (const content of contents) expect(other(content)).toBe(content);
		const link = `<link name="${name}"><memberlist><member><username>wxid_a</username></member></memberlist></link>`;
		const content = `<sysmsg type="sysmsgtemplate"><sysmsgtemplate><content_template><template>"$${name}$"退出了群聊</template><link_list>${link}</link_list></content_template></sysmsgtemplate></sysmsg>`;
		expect(other(content)).toMatchObject({ type: 'left', members: [{ wcId: 'wxid_a' }] });
		expect(other(`<msg><img md5="a" ${name}="1"/></msg>`)).toMatchObject({ type: 'image' });
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	},
);

it.each([
	['60002', 'image'],
	['80014', 'quoteFile'],
	['85008', 'joinedByInvitation'],
])('%s %s cut at any place is text or an object', (code, name) => {
	const whole = CONTENTS[name];
	const wrong: string[] = [];
	for (let length = 1; length < whole.length; length++) {
		for (const content of [whole.slice(0, length), whole.slice(length)]) {
			const read = contentOf({ messageType: code, code, data: { content } });
			const type = typeof read === 'object' ? read?.type : undefined;
			if (read !== content && typeof type !== 'string') wrong.push(content);
		}
	}
	expect(wrong).toEqual([]);
});

it('names a long list once, however often the template does', () => {
	const members = '<member><username>wxid_a</username></member>'.repeat(10_000);
	const links = `<link_list><link name="a"><memberlist>${members}</memberlist></link></link_list>`;
	for (const notice of ['$a$退出了群聊'.repeat(20_000), `成为管理员${'"$a$"'.repeat(700)}`]) {
		const content = `<sysmsg type="sysmsgtemplate"><sysmsgtemplate><content_template><template>${notice}</template>${links}</content_template></sysmsgtemplate></sysmsg>`;
		expect(JSON.stringify(contentIn('85015', { content })).length).toBeLessThan(2_000_000);
	}
});

it('searches a notice in time, whatever words come again and again', () => {
	const pieces = ['"a"', '"', ' invited ', ' joined group via QR code shared by ', '邀请', '你和'];
	const more = [' removed ', ' from group ', ' was removed from group by ', '已将', '管理员', ' '];
	// Of the processor: others may work on the machine, too.
	const begin = process.cpuUsage();
	for (const first of [...pieces, ...more]) {
		for (const second of [...pieces, ...more]) {
			const content = `"x${(first + second).repeat(20_000)}`;
			contentIn('85008', { content });
			contentIn('80018', { content });
		}
	}
	expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(10_000);
});

it('reads any content under any code', () => {
	const oneOfEach = new Map(EVENT_TYPES.map(({ event, messageType }) => [event, messageType]));
	for (const code of [...oneOfEach.values(), '99999']) {
		for (const name of NAMES) {
			const content = read(code, name);
			if (code.endsWith('0001') && code !== '30001' && code !== '90001') {
				expect(content).toBe(CONTENTS[name]);
			}
		}
	}
});

describe('fuzz', () => {
	const code = fc.constantFrom(...CODES);
	const piece = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.constantFrom('<', '>', '&', '"', '</', '/>', '<![CDATA[', ']]>', '<!--', '-->', '<?xml ?>'),
		fc.constantFrom(
			'<msg>',
			'</msg>',
			'<appmsg>',
			'<type>57</type>',
			'$names$',
			'&lt;',
			'你',
			'\u0000',
		),
	);

	function holds(messageType: string, data: Record<string, unknown>) {
		const read = contentIn(messageType, data);
		if (typeof read === 'string') expect(read).toBe(data.content);
		else if (read !== null) expect(typeof read.type).toBe('string');
	}

	it('any text', () => {
		const text = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.array(piece).map((all) => all.join('')),
		);
		fc.assert(fc.property(code, text, (type, content) => holds(type, { content })));
	});

	it('any data', () => {
		const keys = ['content', 'url', 'title', 'v1', 'scene', 'bufId', 'md5', 'id', 'type', 'reason'];
		const data = fc.dictionary(fc.constantFrom(...keys, '__proto__'), fc.jsonValue());
		fc.assert(fc.property(code, data, (type, given) => holds(type, given)));
	});

	it('any change of the contents', () => {
		const change = fc.record({
			type: code,
			name: fc.constantFrom(...NAMES),
			at: fc.double({ min: 0, max: 1, noNaN: true }),
			cut: fc.nat(40),
			piece,
		});
		fc.assert(
			fc.property(change, fc.boolean(), ({ type, name, at, cut, piece: inserted }, asSent) => {
				const whole = CONTENTS[name];
				const start = Math.floor(at * whole.length);
				const content = `${whole.slice(0, start)}${inserted}${whole.slice(start + cut)}`;
				holds(type, { content: asSent ? content : `wxid_a:\n${content}` });
			}),
			{ numRuns: 500 },
		);
	});
});
