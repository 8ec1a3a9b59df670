import { EVENT_TYPES, isMediaEvent } from '../../nodes/Eyun/callbacks/events';
import { mediaOf } from '../../nodes/Eyun/received/receivedMedia';
import { CONTENTS } from '../fixtures/content/load.cts';

/** What Download Media takes from a message: what the content is, whatever the code says. */

const kindOf = (messageType: string | number, content: string, data: object = {}) => {
	const media = mediaOf({ messageType, data: { wId: 'w-1', msgId: 7, content, ...data } });
	return media && media.kind;
};
const LINE = 'wxid_a:\n';

describe('the medium of a message', () => {
	it.each(['60999', '80999', '60002', '60007', 13, 14, '61234'])('under the code %s', (code) => {
		for (const [name, kind] of [
			['image', 'image'],
			['video', 'video'],
			['voice', 'voice'],
			['emoji', 'emoji'],
			['fileReceived', 'file'],
		]) {
			expect([name, kindOf(code, CONTENTS[name]), kindOf(code, LINE + CONTENTS[name])]).toEqual([
				name,
				kind,
				kind,
			]);
		}
	});

	it.each(['60002', '80002', '60014', '80014', 13, 14, '60009'])(
		'is none for a quote of one under %s',
		(code) => {
			for (const name of ['quoteFile', 'quoteText', 'quoteQuote', 'link', 'location', 'note']) {
				expect([name, kindOf(code, CONTENTS[name])]).toEqual([name, null]);
			}
		},
	);

	it('is what the code says where the content does not', () => {
		expect(kindOf('60002', '')).toBe('image');
		expect(kindOf('60002', '[图片]')).toBe('image');
		expect(kindOf('80009', '<msg><appmsg><title>a</title><type>777</type></appmsg></msg>')).toBe(
			'file',
		);
		expect(kindOf('60004', '', { bufId: '5' })).toBe('voice');
		expect(kindOf(6, '')).toBe('image');
		expect(kindOf(14, '', { msgType: 34 })).toBe('voice');
		expect(kindOf('60999', '[图片]')).toBeNull();
	});

	it('is told by the events of Any Media Message, and by no others', () => {
		const named = (has: (type: { messageType: string; event: string }) => boolean) =>
			EVENT_TYPES.filter(has).map(({ messageType }) => messageType);
		expect(named(({ event }) => isMediaEvent(event))).toEqual(
			named(({ messageType }) => kindOf(messageType, '') !== null),
		);
	});

	it('is none for what somebody typed', () => {
		expect(kindOf('60001', CONTENTS.image)).toBeNull();
		expect(kindOf('80001', LINE + CONTENTS.image)).toBeNull();
		expect(kindOf(5, CONTENTS.image)).toBeNull();
	});
});
