import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { groupMembers } from './addressList';
import { currentGroup, currentViewer } from './current';

/** What n8n calls for a list in which several entries can be ticked. */
export const loadOptions = {
	/** The members of the group in the node's field, by the names the group sees. */
	async members(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const chatRoomId = currentGroup(this);
		const members = await groupMembers(await currentViewer(this), chatRoomId);
		return members.map(([id, { shown }]) => ({
			name: shown === '' ? id : `${shown} (${id})`,
			value: id,
		}));
	},
};
