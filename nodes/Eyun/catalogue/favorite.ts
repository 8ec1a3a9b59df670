import { cursor, positive, wId } from './fields';
import type { Resource } from './types';

const favoriteId = positive('favId', 'Favorite ID', 'The favId from Get Many', {
	placeholder: 'e.g. {{ $json.favId }}',
});

/** shou-cang-jia: what the account keeps. */
export const favoriteResource: Resource = {
	value: 'favorite',
	name: 'Favorite',
	chinese: '收藏',
	operations: [
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many favorites',
			path: '/weChatFavorites/favSync',
			title: '获取收藏夹列表',
			reads: true,
			paging: {
				elements: ['favList'],
				next: { keyBuf: { answer: 'keyBuf' } },
				moreFlag: 'continueFlag',
			},
			fields: [
				wId,
				cursor(
					'keyBuf',
					'Page Key',
					'Empty for the first page, then the keyBuf of the last answer',
				),
			],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get favorite',
			description: 'Get the content of a favorite as XML',
			path: '/weChatFavorites/getFavItem',
			title: '获取收藏夹内容',
			reads: true,
			fields: [wId, favoriteId],
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete favorite',
			path: '/weChatFavorites/delFavItem',
			title: '删除收藏夹内容',
			deletes: true,
			fields: [wId, favoriteId],
		},
	],
};
