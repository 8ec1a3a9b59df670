import { reasonWords } from '../../nodes/Eyun/common/reasonWords';
import { contentIn } from '../fixtures/content/load.cts';

const WORDS = '你的账号于10:05在一台iPhone登录。如非本人操作 & "more"';
const XML = `<e>\n<ShowType>1</ShowType>\n<Content><![CDATA[${WORDS}]]></Content>\n<Url><![CDATA[]]></Url>\n<DispSec>30</DispSec>\n</e>`;

describe('the words of a reason', () => {
	it.each<[string, unknown]>([
		['words', WORDS],
		['words with blanks around', ` \n${WORDS}\n`],
		['XML', XML],
		['XML without CDATA', `<e><Content>${WORDS.replace('&', '&amp;')}</Content></e>`],
		['XML with attributes', `<?xml version="1.0"?><e><Content a="1">${WORDS}</Content></e>`],
		['XML as text', `&lt;e&gt;&lt;Content&gt;${WORDS}&lt;/Content&gt;&lt;/e&gt;`],
		['XML that is cut off', XML.slice(0, XML.indexOf('<Url>'))],
		['XML of another kind', `<sysmsg><ShowType>1</ShowType><tip>${WORDS}</tip></sysmsg>`],
		['JSON with XML', JSON.stringify({ reason: XML })],
		['JSON with words', JSON.stringify({ reason: WORDS })],
		['JSON in JSON', JSON.stringify({ reason: JSON.stringify({ reason: XML }) })],
		['JSON text', JSON.stringify(WORDS)],
		['an object', { reason: XML }],
		['an object in an object', { data: { reason: WORDS } }],
		['an object with a number beside', { code: 5, message: WORDS }],
		['a list', [{ reason: XML }]],
		['JSON of a list', JSON.stringify([{ reason: XML }])],
	])('in %s', (_, reason) => {
		expect(reasonWords(reason)).toBe(WORDS);
		expect(contentIn('30000', { reason })).toEqual({ type: 'offline', reason: WORDS });
		if (typeof reason !== 'string') return;
		expect(contentIn('30000', { content: reason })).toEqual({ type: 'offline', reason: WORDS });
	});

	it.each(['', ' ', null, undefined, 7, {}, [], '{}', '<e/>', '[]', '<e><Content/></e>'])(
		'are missing in %j',
		(reason) => {
			expect(reasonWords(reason)).toBeUndefined();
		},
	);

	it.each(['[系统] 下线', '{下线', '"A" 下线', '下线 < 3'])('are %s itself', (reason) => {
		expect(reasonWords(reason)).toBe(reason);
	});

	it('are short, and found in time', () => {
		for (const piece of ['<content>', '<![CDATA[', '[', '{"a":', '&lt;', '"', '<e a="']) {
			const begin = performance.now();
			expect((reasonWords(piece.repeat(500_000)) ?? '').length).toBeLessThan(50_000);
			expect(performance.now() - begin).toBeLessThan(2_000);
		}
	});
});
