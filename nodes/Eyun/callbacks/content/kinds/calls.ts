import type { IDataObject } from 'n8n-workflow';

import type { XmlElement } from '../../../libraries/xml';
import { child, elementsIn, number, textIn } from '../xml/fields';
import type { Message } from '../xml/message';

/** Voice and video calls, as far as WeChat says. */

const BUBBLE = 'VoIPBubbleMsg';
const ENDED = 2;
const DURATION = /(?:(\d{1,3}):)?(\d{1,2}):(\d{2})\s*$/;

/** A call that rings, or how one ended. */
export function voiceCall({ root, event }: Message): IDataObject {
	const bubble = child(root, BUBBLE);
	const invite = root?.name === 'voipinvitemsg' ? root : child(root, 'voipinvitemsg');
	const details = bubble ?? invite;
	const words = textIn(bubble, 'msg');
	return {
		type: event.startsWith('voiceCall') ? event : typeOf(bubble, invite),
		text: words,
		video: isVideo(bubble, invite),
		action: actionOf(root),
		status: number(invite, 'status'),
		durationSeconds: durationIn(words),
		roomId: textIn(details, 'roomid'),
		roomKey: textIn(details, 'roomkey') ?? textIn(details, 'key'),
		inviteId: textIn(details, 'inviteid64') ?? textIn(details, 'inviteid'),
	};
}

/** WeChat shows the bubble with the outcome when the call is over. */
function typeOf(bubble: XmlElement | undefined, invite: XmlElement | undefined): string {
	const ended = bubble !== undefined || number(invite, 'status') === ENDED;
	return ended ? 'voiceCallEnded' : 'voiceCall';
}

function isVideo(bubble: XmlElement | undefined, invite: XmlElement | undefined): boolean | null {
	const kind =
		number(bubble, 'room_type') ?? number(invite, 'invite_type') ?? number(invite, 'invitetype');
	return kind === 0 ? true : kind === 1 ? false : null;
}

/** Newer clients signal a call with one element that is named after what happens. */
function actionOf(root: XmlElement | undefined): string | null {
	if (root?.name !== 'sysmsg') return null;
	const [signal] = elementsIn(elementsIn(root)[0]);
	return ['invite', 'cancel', 'accept', 'reject'].find((name) => name === signal?.name) ?? null;
}

function durationIn(words: string | null): number | null {
	const [, hours = '0', minutes, seconds] = DURATION.exec(words?.slice(-20) ?? '') ?? [];
	if (minutes === undefined) return null;
	return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
