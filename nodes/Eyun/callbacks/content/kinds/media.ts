import type { IDataObject } from 'n8n-workflow';

import type { XmlElement } from '../../../libraries/xml';
import {
	attribute,
	attributeNumber,
	child,
	field,
	fieldNumber,
	textIn,
	toNumber,
} from '../xml/fields';
import type { Message } from '../xml/message';

/** Images, voices, videos and stickers: one element whose attributes say it all. */

function medium({ root }: Message, name: string): XmlElement | undefined {
	return root?.name === name ? root : child(root, name);
}

/** WeChat writes 0 for what it does not know. */
function pixels(element: XmlElement | undefined, ...names: readonly string[]): number | null {
	return names.map((name) => attributeNumber(element, name)).find((value) => value) ?? null;
}

/** An image; the file itself comes through Message: Download Media. */
export function image(message: Message): IDataObject {
	const img = medium(message, 'img');
	return {
		type: 'image',
		length: attributeNumber(img, 'length'),
		hdLength: attributeNumber(img, 'hdlength'),
		md5: attribute(img, 'md5'),
		width: pixels(img, 'cdnhdwidth', 'cdnmidwidth'),
		height: pixels(img, 'cdnhdheight', 'cdnmidheight'),
		thumbLength: attributeNumber(img, 'cdnthumblength'),
		thumbWidth: attributeNumber(img, 'cdnthumbwidth'),
		thumbHeight: attributeNumber(img, 'cdnthumbheight'),
		aesKey: attribute(img, 'aeskey'),
		cdnUrl: attribute(img, 'cdnmidimgurl', 'cdnbigimgurl'),
		cdnHdUrl: attribute(img, 'cdnbigimgurl'),
		cdnThumbUrl: attribute(img, 'cdnthumburl'),
	};
}

/** A voice message; the vendor repeats length and bufId beside the XML. */
export function voiceMessage(message: Message): IDataObject {
	const voicemsg = medium(message, 'voicemsg');
	const { data } = message;
	return {
		type: 'voice',
		durationMs: attributeNumber(voicemsg, 'voicelength') ?? fieldNumber(data, 'voiceLength'),
		length: attributeNumber(voicemsg, 'length') ?? fieldNumber(data, 'length'),
		bufId: attribute(voicemsg, 'bufid') ?? field(data, 'bufId'),
		format: attributeNumber(voicemsg, 'voiceformat'),
		aesKey: attribute(voicemsg, 'aeskey'),
		cdnUrl: attribute(voicemsg, 'voiceurl'),
		senderId: attribute(voicemsg, 'fromusername'),
	};
}

/** A video. */
export function video(message: Message): IDataObject {
	const videomsg = medium(message, 'videomsg');
	return {
		type: 'video',
		durationSeconds: attributeNumber(videomsg, 'playlength'),
		length: attributeNumber(videomsg, 'length'),
		md5: attribute(videomsg, 'md5'),
		newMd5: attribute(videomsg, 'newmd5'),
		aesKey: attribute(videomsg, 'aeskey'),
		cdnUrl: attribute(videomsg, 'cdnvideourl'),
		cdnThumbUrl: attribute(videomsg, 'cdnthumburl'),
		thumbLength: attributeNumber(videomsg, 'cdnthumblength'),
		thumbWidth: attributeNumber(videomsg, 'cdnthumbwidth'),
		thumbHeight: attributeNumber(videomsg, 'cdnthumbheight'),
		senderId: attribute(videomsg, 'fromusername'),
	};
}

/** A sticker, which WeChat also sends as an app message. */
export function emoji(message: Message): IDataObject {
	const element = medium(message, 'emoji');
	const attachment = child(message.root, 'appmsg', 'appattach');
	const { data } = message;
	return {
		type: 'emoji',
		md5: attribute(element, 'md5') ?? textIn(attachment, 'emoticonmd5') ?? field(data, 'md5'),
		length:
			attributeNumber(element, 'len') ??
			toNumber(textIn(attachment, 'totallen')) ??
			fieldNumber(data, 'length'),
		width: attributeNumber(element, 'width'),
		height: attributeNumber(element, 'height'),
		emojiType: attributeNumber(element, 'type'),
		productId: attribute(element, 'productid'),
		cdnUrl: attribute(element, 'cdnurl'),
		thumbUrl: attribute(element, 'thumburl'),
		encryptUrl: attribute(element, 'encrypturl'),
		aesKey: attribute(element, 'aeskey'),
		description: attribute(element, 'desc'),
	};
}
