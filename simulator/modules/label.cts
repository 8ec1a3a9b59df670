/** Label module. */
import type { Call, Handler, Handlers } from '../call.cts';
import { ASSUMED, VendorFailure } from '../envelope.cts';

/** The label ids of the request; all must exist. */
function labelIds({ me, body }: Call): number[] {
	return body.list('labelIdList').map((text) => {
		const id = Number(text);
		if (!me.labels.has(id)) throw new VendorFailure(`${ASSUMED.notFound}: labelId ${text}`);
		return id;
	});
}

/** Assumed, vendor undocumented: a name that exists answers its label. */
const addContactLabel: Handler = ({ world, me, body }) => {
	const labelName = body.text('labelName');
	const known = [...me.labels].find(([, name]) => name === labelName)?.[0];
	const labelId = known ?? world.next('label');
	me.labels.set(labelId, labelName);
	return { labelId, labelName };
};

const delContactLabel: Handler = (call) => {
	const gone = labelIds(call);
	for (const id of gone) {
		call.me.labels.delete(id);
		for (const friend of call.me.friends.values()) friend.labels.delete(id);
	}
	return null;
};

const getContactLabelList: Handler = ({ me }) =>
	[...me.labels].map(([labelId, labelName]) => ({ labelName, labelId }));

/** The list replaces the friend's labels; "" takes them all away. */
const modifyContactLabel: Handler = (call) => {
	const friend = call.world.friend(call.me, call.body.text('wcId'));
	friend.labels = new Set(labelIds(call));
	return null;
};

export const labelHandlers: Handlers = {
	'/addContactLabel': addContactLabel,
	'/delContactLabel': delContactLabel,
	'/getContactLabelList': getContactLabelList,
	'/modifyContactLabel': modifyContactLabel,
};
