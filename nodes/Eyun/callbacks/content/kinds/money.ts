import type { IDataObject } from 'n8n-workflow';

import { child, number, textIn } from '../xml/fields';
import type { Message } from '../xml/message';
import { appMessageIn } from './appMessages';

/** Transfers and red packets: nothing here accepts money. */

/** Both sides get a message at each step, distinguished by the number in `paysubtype`. */
const STATUS: Record<number, string> = {
	1: 'waiting',
	3: 'received',
	4: 'returned',
	5: 'received',
	7: 'waiting',
};

const AMOUNT = /^\D{0,8}(\d{1,3}(?:,\d{3}){1,3}|\d{1,12})(?:\.(\d{1,2}))?\D{0,8}$/;

/** "￥1,234.50" in cents. */
function centsOf(amount: string | null): number | null {
	const [, whole, fraction = ''] = AMOUNT.exec(amount ?? '') ?? [];
	return whole === undefined ? null : Number(whole.replaceAll(',', '') + fraction.padEnd(2, '0'));
}

/** A transfer, or what became of one. */
export function transfer({ root }: Message): IDataObject {
	const app = appMessageIn(root);
	const pay = child(app, 'wcpayinfo');
	const amount = textIn(pay, 'feedesc');
	const paySubType = number(pay, 'paysubtype');
	return {
		type: 'transfer',
		status: STATUS[paySubType ?? 0] ?? null,
		paySubType,
		amount,
		amountCents: centsOf(amount),
		memo: textIn(pay, 'pay_memo'),
		payerId: textIn(pay, 'payer_username'),
		receiverId: textIn(pay, 'receiver_username'),
		transferId: textIn(pay, 'transferid'),
		transactionId: textIn(pay, 'transcationid') ?? textIn(pay, 'transactionid'),
		startTime: number(pay, 'begintransfertime'),
		invalidTime: number(pay, 'invalidtime'),
		description: textIn(app, 'des'),
	};
}

/** A red packet, or a bill that a group splits, which WeChat sends as one. */
export function redPacket({ root }: Message): IDataObject {
	const app = appMessageIn(root);
	const pay = child(app, 'wcpayinfo');
	return {
		type: 'redPacket',
		title: textIn(app, 'title'),
		wishing: textIn(pay, 'receivertitle') ?? textIn(pay, 'sendertitle'),
		description: textIn(app, 'des'),
		sceneText: textIn(pay, 'scenetext'),
		sceneId: number(pay, 'sceneid'),
		groupCollection: child(pay, 'newaa') !== undefined,
		url: textIn(pay, 'url') ?? textIn(app, 'url'),
		nativeUrl: textIn(pay, 'nativeurl'),
		iconUrl: textIn(pay, 'iconurl') ?? textIn(app, 'thumburl'),
		payMessageId: textIn(pay, 'paymsgid'),
		invalidTime: number(pay, 'invalidtime'),
	};
}
