import { appTypeOf } from './content/kinds/appMessages';
import { parseContent } from './content/xml/parse';

/**
 * Eyun's older push format (type 1): integer message types 0 to 17. We register
 * type 2, but an address that was registered by other means may receive these.
 */

const PRIVATE_OTHER = '60999';
const GROUP_OTHER = '80999';

/** Old message type to that of the optimised format; 15 and 17 have no clear counterpart. */
const LEGACY_TYPES: Record<string, string> = {
	0: '30001',
	1: '60022',
	2: '80005',
	3: '60005',
	4: '30000',
	5: '60001',
	6: '60002',
	7: '60003',
	8: '60004',
	9: '80001',
	10: '80002',
	11: '80003',
	12: '80004',
	13: PRIVATE_OTHER,
	14: GROUP_OTHER,
	16: '65001',
};

/** `data.msgType` of "other" messages, as WeChat itself counts; the XML says more about 49. */
const OTHER_KINDS: Record<string, string> = { 47: '006', 48: '020' };
const APP_MESSAGE = '49';

/** The `<type>` of an app message's XML. */
const APP_KINDS: Record<number, string> = {
	5: '007',
	6: '008',
	8: '006',
	19: '011',
	33: '010',
	36: '010',
	57: '014',
	2000: '015',
	2001: '016',
};

function appMessageType(content: unknown): number {
	return (typeof content === 'string' && appTypeOf(parseContent(content))) || 0;
}

/**
 * Translates an old message type.
 *
 * @param messageType as it came, without leading zeros
 * @param data the callback's `data`
 * @returns the message type of the optimised format, or undefined when there is no clear one
 */
export function fromOlderFormat(
	messageType: string,
	data: Readonly<Record<string, unknown>>,
): string | undefined {
	const type = LEGACY_TYPES[messageType];
	if (type !== PRIVATE_OTHER && type !== GROUP_OTHER) return type;
	const wechatType = String(data.msgType ?? '');
	const digits =
		wechatType === APP_MESSAGE ? APP_KINDS[appMessageType(data.content)] : OTHER_KINDS[wechatType];
	return digits === undefined ? type : `${type.slice(0, 2)}${digits}`;
}
