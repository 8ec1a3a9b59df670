import type { IDataObject } from 'n8n-workflow';

import type { XmlElement } from '../../../libraries/xml';
import { children, textIn } from '../xml/fields';

/** Somebody in a notice: by id, by name, or both, as far as WeChat says. */
export interface Person extends IDataObject {
	wcId: string | null;
	nickName: string | null;
}

/** The `<member>` elements of a list. */
export function membersIn(list: XmlElement | undefined): Person[] {
	return children(list, 'member').map((member) => ({
		wcId: textIn(member, 'username'),
		nickName: textIn(member, 'nickname'),
	}));
}

/** Somebody of whom only the id is known. */
export function personById(wcId: string | null): Person | null {
	return wcId === null ? null : { wcId, nickName: null };
}

/** Somebody of whom only the name is known. */
export function personByName(nickName: string): Person {
	return { wcId: null, nickName };
}
