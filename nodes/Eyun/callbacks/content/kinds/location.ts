import type { IDataObject } from 'n8n-workflow';

import { attribute, attributeNumber, child, textIn } from '../xml/fields';
import type { Message } from '../xml/message';
import { appMessageIn } from './appMessages';

/** A place, or the start of sharing where one is, which has no place. */
export function location({ root }: Message): IDataObject {
	const place = root?.name === 'location' ? root : child(root, 'location');
	const sharing = appMessageIn(root);
	return {
		type: 'location',
		realTime: sharing !== undefined,
		latitude: attributeNumber(place, 'x'),
		longitude: attributeNumber(place, 'y'),
		scale: attributeNumber(place, 'scale'),
		name: attribute(place, 'poiname') ?? textIn(sharing, 'title'),
		label: attribute(place, 'label'),
		poiId: attribute(place, 'poiid', 'poiId'),
		city: attribute(place, 'cityname'),
		phone: attribute(place, 'poiPhone'),
	};
}
