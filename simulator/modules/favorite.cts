/** Favorite module. */
import type { Call, Handler, Handlers } from '../call.cts';
import { ASSUMED, VendorFailure } from '../envelope.cts';
import type { Favorite } from '../world-types.cts';

/** How many favorites one /favSync answers. Assumed, vendor undocumented. */
const PAGE = 10;

/** keyBuf is byte[] in Java, so base64 text in JSON; what is inside is the vendor's own business. */
function keyBufAfter(favId: number): string {
	return Buffer.from(`fav:${String(favId)}`).toString('base64');
}

/** The favorite after which to go on; 0 for the first page. Only values answered before are good. */
function startOf(keyBuf: string): number {
	if (keyBuf === '') return 0;
	const match = /^fav:(\d+)$/.exec(Buffer.from(keyBuf, 'base64').toString());
	if (!match) throw new VendorFailure('keyBuf无效，首次传null，之后传接口返回的keyBuf');
	return Number(match[1]);
}

/** continueFlag 1: there is more, go on with keyBuf. The last page answers keyBuf null, as the example. */
const favSync: Handler = ({ me, body }) => {
	const start = startOf(body.text('keyBuf'));
	const rest = [...me.favorites.values()].filter(({ favId }) => favId > start);
	const page = rest.slice(0, PAGE);
	const last = page.at(-1);
	const more = rest.length > page.length;
	return {
		ret: 0,
		favList: page.map(({ favId, type, updateTime }) => ({ favId, type, updateTime })),
		keyBuf: more && last ? keyBufAfter(last.favId) : null,
		continueFlag: more ? 1 : 0,
	};
};

function favorite({ me, body }: Call): Favorite {
	const found = me.favorites.get(body.int('favId'));
	if (!found) throw new VendorFailure(`${ASSUMED.notFound}: favId ${String(body.int('favId'))}`);
	return found;
}

const getFavItem: Handler = (call) => {
	const { favId, object, updateTime } = favorite(call);
	return { favId, object, updateTime };
};

const delFavItem: Handler = (call) => {
	call.me.favorites.delete(favorite(call).favId);
	return '收藏删除成功';
};

export const favoriteHandlers: Handlers = {
	'/weChatFavorites/favSync': favSync,
	'/weChatFavorites/getFavItem': getFavItem,
	'/weChatFavorites/delFavItem': delFavItem,
};
