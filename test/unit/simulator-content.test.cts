import { numberText, type JsonObject } from '../../simulator/json.cts';
import { startSimulator } from '../../simulator/server.cts';
import { useSimulator } from '../support/useSimulator.cts';
import { data, post } from './simulatorClient.cts';

const sim = useSimulator();

const refused = async (path: string, body: JsonObject): Promise<string> => {
	const answer = await post(sim, path, { wId: sim.defaults.wId, ...body });
	expect(answer.code).toBe('1001');
	return answer.message;
};

describe('Moments', () => {
	interface Page {
		sns: JsonObject[];
		firstPageMd5: string | null;
	}
	const page = async (maxId: bigint | number, firstPageMd5: string): Promise<Page> =>
		await data(sim, '/getCircle', { maxId, firstPageMd5 });

	it('are paged by 20-digit ids, quoted, newest first, to the end', async () => {
		const ids: string[] = [];
		let maxId = 0n;
		let md5 = '';
		for (;;) {
			const { sns, firstPageMd5 } = await page(maxId, md5);
			if (sns.length === 0) break;
			ids.push(...sns.map(({ id }) => String(id)));
			md5 = firstPageMd5 ?? md5;
			maxId = BigInt(ids.at(-1) ?? 0);
		}
		expect(ids).toHaveLength(25);
		expect(ids.every((id) => /^\d{20}$/.test(id))).toBe(true);
		expect(ids).toEqual([...ids].sort().reverse());
		expect(md5).toMatch(/^[0-9a-f]{16}$/);
		const first = [...sim.world.moments.keys()].reverse().slice(10, 20).map(String);
		expect(ids.slice(10, 20)).toEqual(first);
	});

	it('in strict mode want the last md5 that was not null', async () => {
		const strict = await startSimulator({ strict: true });
		try {
			const first = await data<Page>(strict, '/getCircle', { maxId: 0, firstPageMd5: '' });
			const maxId = BigInt(String(first.sns.at(-1)?.id));
			const ask = async (firstPageMd5: string): Promise<string> =>
				(await post(strict, '/getCircle', { wId: strict.defaults.wId, maxId, firstPageMd5 })).code;
			expect(await ask('')).toBe('1001');
			expect(await ask(first.firstPageMd5 ?? '')).toBe('1000');
		} finally {
			await strict.stop();
		}
	});

	it('can be posted, liked, commented, hidden and deleted', async () => {
		const { id } = await data(sim, '/snsSend', { content: '新的' });
		expect(id).toMatch(/^\d{20}$/);
		const { wcId } = sim.defaults;
		const look = async (): Promise<JsonObject> => await data(sim, '/getSnsObject', { wcId, id });
		await data(sim, '/snsPraise', { id });
		await data(sim, '/snsComment', { id, replyCommentId: 0, content: '好' });
		const seen = await look();
		expect([numberText(seen.likeCount), numberText(seen.commentCount)]).toEqual(['1', '1']);
		const [comment] = seen.snsComments as JsonObject[];
		const { commentId } = comment;
		await data(sim, '/snsComment', { id, replyCommentId: commentId, content: '对' });
		await refused('/snsComment', { id, replyCommentId: 999_999, content: 'x' });
		await data(sim, '/snsCommentDel', { id, commentId });
		await data(sim, '/snsCancelPraise', { id });
		expect(numberText((await look()).likeCount)).toBe('0');
		await data(sim, '/snsSetAsPrivacy', { id });
		expect(sim.world.moments.get(BigInt(String(id)))?.private).toBe(true);
		await data(sim, '/snsSetPublic', { id });
		await data(sim, '/deleteSns', { id });
		await refused('/getSnsObject', { wcId, id });
	});

	it('of friends can be liked but not deleted, and take the number of the vendor’s example', async () => {
		const mine = sim.world.hosted.get(sim.defaults.wcId);
		const theirs = [...sim.world.moments.values()].find(({ author }) => author !== mine?.wcId);
		const id = String(theirs?.id);
		await data(sim, '/snsPraise', { id });
		await refused('/deleteSns', { id });
		const asNumber = await data(sim, '/getSnsObject', { wcId: theirs?.author, id: theirs?.id });
		expect(asNumber.id).toBe(id);
	});

	it('with pictures and links answer nested, for whom they may be seen', async () => {
		const answer = await data(sim, '/snsSendImage', {
			content: '',
			paths: 'https://a/b.png;https://a/c.png',
			groupUserLabelIds: '2',
		});
		const { id } = answer.object as JsonObject;
		const moment = sim.world.moments.get(BigInt(String(id)));
		expect(moment?.visibleTo).toEqual([sim.defaults.friend]);
		await refused('/snsSendImage', { content: '', paths: 'a.png,b.png' });
	});
});

describe('contacts and labels', () => {
	it('keep labels, remarks and settings', async () => {
		const { friend: wcId } = sim.defaults;
		const { labelId } = await data(sim, '/addContactLabel', { labelName: '同事' });
		const id = numberText(labelId) ?? '';
		await data(sim, '/modifyContactLabel', { wcId, labelIdList: `1，${id}` });
		await data(sim, '/modifyRemark', { wcId, remark: '老同学' });
		const [card] = await data<JsonObject[]>(sim, '/getContact', { wcId });
		expect(card).toMatchObject({ labelList: `1,${id}`, remark: '老同学', nickName: '小明' });
		await data(sim, '/delContactLabel', { labelIdList: id });
		const [after] = await data<JsonObject[]>(sim, '/getContact', { wcId });
		expect(after.labelList).toBe('1');
		expect(await data<JsonObject[]>(sim, '/getContactLabelList')).toHaveLength(2);
		await refused('/modifyContactLabel', { wcId, labelIdList: '77' });
		await data(sim, '/setTop', { wcId, operType: 1 });
		await data(sim, '/setDisturb', { chatRoomId: wcId, type: 0 });
		const settings = sim.world.hosted.get(sim.defaults.wcId)?.chatSettings.get(wcId);
		expect(settings).toEqual({ top: true, muted: true });
	});

	it('are asked twenty at a time', async () => {
		const { friends } = sim.control.populate({ friends: 21 });
		expect(
			await data<unknown[]>(sim, '/getContact', { wcId: friends.slice(1).join() }),
		).toHaveLength(20);
		await refused('/getContact', { wcId: friends.join() });
		await refused('/checkZombie', { wcId: friends.join() });
	});

	it('are found by number or phone, and added with what the search answered', async () => {
		expect(await data(sim, '/searchUser', { wcId: 'xiaoming' })).toMatchObject({
			v1: sim.defaults.friend,
			v2: null,
		});
		await refused('/searchUser', { wcId: sim.defaults.friend });
		const { v1, v2 } = await data(sim, '/searchUser', { wcId: '13900000001' });
		await refused('/addUser', { v1, v2: 'v4_x@stranger', type: 3, verify: '' });
		await data(sim, '/addUser', { v1, v2, type: 3, verify: '' });
		expect(sim.defaults.friends).toContain('wxid_stranger00001');
		await data(sim, '/delContact', { wcId: 'wxid_stranger00001' });
		expect(sim.defaults.friends).not.toContain('wxid_stranger00001');
	});

	it('who deleted us show as such', async () => {
		const wcId = `${sim.defaults.friend},wxid_zombie0000001`;
		const [one, other] = await data<JsonObject[]>(sim, '/checkZombie', { wcId });
		expect([numberText(one.status), numberText(other.status)]).toEqual(['0', '1']);
	});
});

describe('groups', () => {
	const info = async (chatRoomId: string): Promise<JsonObject> =>
		(await data<JsonObject[]>(sim, '/getChatRoomInfo', { chatRoomId }))[0];

	it('are created, filled, renamed, handed over and left', async () => {
		const [first, second, third] = sim.defaults.friends;
		await refused('/createChatroom', { userList: first });
		const { chatRoomID } = await data(sim, '/createChatroom', {
			userList: `${first},${second}`,
			topic: '新群',
		});
		const chatRoomId = String(chatRoomID);
		await data(sim, '/addChatRoomMember', { chatRoomId, userList: third });
		await data(sim, '/modifyGroupName', { chatRoomId, content: '旧群' });
		expect(await info(chatRoomId)).toMatchObject({
			nickName: '旧群',
			chatRoomOwner: sim.defaults.wcId,
		});
		expect(numberText((await info(chatRoomId)).memberCount)).toBe('4');
		await data(sim, '/deleteChatRoomMember', { chatRoomId, userList: second });
		await data(sim, '/operateChatRoom', { chatRoomId, wcId: third, type: 1 });
		await data(sim, '/operateChatRoom', { chatRoomId, wcId: third, type: 3 });
		await refused('/deleteChatRoomMember', { chatRoomId, userList: first });
		await data(sim, '/updateIInChatRoomNickName', { chatRoomId, nickName: '我' });
		const members = await data<JsonObject[]>(sim, '/getChatRoomMember', { chatRoomId });
		expect(members.find(({ userName }) => userName === sim.defaults.wcId)).toMatchObject({
			displayName: '我',
		});
		await data(sim, '/quitChatRoom', { chatRoomId });
		await refused('/getChatRoomInfo', { chatRoomId });
	});

	it('show who manages them, what members are called in them, and whether they are muted', async () => {
		const { group: chatRoomId, wcId, friend } = sim.defaults;
		const [, hua] = sim.defaults.friends;
		sim.control.group({ chatRoomId, admins: [friend], displayNames: { [hua]: '李工' } });
		const found = await info(chatRoomId);
		const managers = (found.chatRoomMembers as JsonObject[])
			.filter(({ isManage }) => isManage)
			.map(({ userName, nikeName }) => [userName, nikeName]);
		expect(managers).toEqual([
			[wcId, '模拟小助手'],
			[friend, '小明'],
		]);
		const members = await data<JsonObject[]>(sim, '/getChatRoomMember', { chatRoomId });
		const member = members.find(({ userName }) => userName === hua);
		expect(member).toMatchObject({ nickName: '李华', displayName: '李工', inviterUserName: wcId });
		const [one] = await data<JsonObject[]>(sim, '/getChatRoomMemberInfo', {
			chatRoomId,
			userList: hua,
		});
		expect(one).toMatchObject({ nickName: '李华', labelList: null, v2: '' });
		await data(sim, '/setDisturb', { chatRoomId, type: 0 });
		await sim.control.push({ messageType: '85001' });
		expect(sim.control.pushes().at(-1)?.body).toContain(
			`"userName":"${chatRoomId}","nickName":"项目群","chatRoomOwner":"${wcId}","chatRoomNotify":0,`,
		);
		expect(() => sim.control.group({ chatRoomId, displayNames: { nobody: 'x' } })).toThrow(
			'nobody is not in',
		);
	});

	it('with consent needed are joined by exactly the newMsgId that was pushed', async () => {
		const chatRoomId = sim.defaults.group;
		const inviter = sim.defaults.friend;
		const users = ['wxid_wangfang0001'];
		const applied = await sim.control.inviteRequest({ group: chatRoomId, inviter, users });
		const newMsgId = BigInt(applied.newMsgId);
		const { xml } = applied;
		const rounded = BigInt(Number(newMsgId));
		await refused('/agreeAddChatRoomMember', { chatRoomId, xml, newMsgId: rounded });
		await data(sim, '/agreeAddChatRoomMember', { chatRoomId, xml, newMsgId });
		expect(sim.world.groups.get(chatRoomId)?.members.has(users[0])).toBe(true);
	});

	it('take a todo from the announcement’s push, and take it back with its sign', async () => {
		const chatRoomId = sim.defaults.group;
		await data(sim, '/setChatRoomAnnouncement', { chatRoomId, content: '开会' });
		const push = sim.control.pushes().find(({ messageType }) => messageType === '85011');
		const newMsgId = BigInt(/"newMsgId":(\d+)/.exec(push?.body ?? '')?.[1] ?? 0);
		await refused('/roomTodo', { chatRoomId, newMsgId: newMsgId + 1n, operType: 0 });
		const { sign } = await data(sim, '/roomTodo', { chatRoomId, newMsgId, operType: 0 });
		await refused('/roomTodo', { chatRoomId, newMsgId, operType: 1 });
		await data(sim, '/roomTodo', { chatRoomId, newMsgId, operType: 1, sign });
		expect(sim.world.groups.get(chatRoomId)?.todo).toBeNull();
	});

	it('are joined by address and refuse members who do not want it', async () => {
		const url = 'https://weixin.qq.com/g/24343869723';
		expect(await data(sim, '/scanJoinRoom', { url, type: 1 })).toMatchObject({
			chatRoomName: '开放群',
		});
		await data(sim, '/scanJoinRoom', { url });
		expect(sim.defaults.groups).toContain('24343869723@chatroom');
		const chatRoomId = sim.defaults.group;
		const shy = { chatRoomId, memberWcId: 'wxid_shy0000000001' };
		expect(await refused('/addRoomMemberFriend', shy)).toContain('隐私设置');
		const added = { chatRoomId, memberWcId: 'wxid_stranger00001' };
		expect(await data(sim, '/addRoomMemberFriend', added)).toMatch(/^v3_.*@stranger$/);
	});

	it('of forty members and more are invited to', async () => {
		const { groups, friends } = sim.control.populate({
			friends: 50,
			groups: 1,
			membersPerGroup: 45,
		});
		const [chatRoomId] = groups;
		const userList = friends.at(-1);
		await refused('/addChatRoomMember', { chatRoomId, userList });
		await data(sim, '/inviteChatRoomMember', { chatRoomId, userList });
		await sim.control.joinGroup({ group: chatRoomId, wcId: userList ?? '' });
		expect(sim.world.groups.get(chatRoomId)?.members.has(userList ?? '')).toBe(true);
	});
});

describe('favorites', () => {
	it('are paged by keyBuf, null at first, and can be deleted', async () => {
		const ids: string[] = [];
		let keyBuf: string | null = null;
		do {
			const answer: JsonObject = await data(sim, '/weChatFavorites/favSync', { keyBuf });
			const list = answer.favList as JsonObject[];
			ids.push(...list.map(({ favId }) => numberText(favId) ?? ''));
			keyBuf = answer.keyBuf as string | null;
			expect(numberText(answer.continueFlag)).toBe(keyBuf === null ? '0' : '1');
		} while (keyBuf !== null);
		expect(new Set(ids).size).toBe(25);
		await refused('/weChatFavorites/favSync', { keyBuf: 'made up' });
		expect(await data(sim, '/weChatFavorites/delFavItem', { favId: 1 })).toBe('收藏删除成功');
		await refused('/weChatFavorites/getFavItem', { favId: 1 });
	});
});

describe('Channels', () => {
	const own = (): JsonObject => {
		const meUserName = sim.world.hosted.get(sim.defaults.wcId)?.channel.userName;
		return { meUserName, myUserName: meUserName, meRoleType: 3, myRoleType: 3 };
	};
	const home = async (): Promise<{ video: JsonObject; userName: string }> => {
		const { authInfos } = await data<{ authInfos: JsonObject[] }>(sim, '/newSearchFinder', {
			...{ content: '中国', type: 1, filter: 0, page: 1, offset: 0 },
		});
		const userName = String(authInfos[0].userName);
		const { videoList } = await data<{ videoList: JsonObject[] }>(sim, '/finderUserHome', {
			userName,
		});
		return { video: videoList[0], userName };
	};

	it('have unsigned 64-bit video ids and negative comment ids, both bare', async () => {
		const { video, userName } = await home();
		const id = BigInt(numberText(video.id) ?? 0);
		expect(id > 2n ** 63n).toBe(true);
		const about = { id, nonceId: video.objectNonceId, sessionBuffer: video.sessionBuffer };
		const list = async (): Promise<JsonObject[]> =>
			(
				await data<{ commentList: JsonObject[] }>(sim, '/finderCommentDetails', {
					...about,
					...{ pageCode: '', refCommentId: '0', rootCommentId: 0 },
				})
			).commentList;
		const [comment] = await list();
		const commentId = BigInt(numberText(comment.commentId) ?? 0);
		expect(commentId < -(2n ** 53n)).toBe(true);
		const like = { ...about, ...own(), commentId, type: 1, toUserName: userName };
		await data(sim, '/finderIdLike', like);
		const rounded = BigInt(Number(commentId));
		expect(rounded).not.toBe(commentId);
		await refused('/finderIdLike', { ...like, commentId: rounded });
		await refused('/finderIdLike', { ...like, id: BigInt(Number(id)) });
		const [liked] = await list();
		expect(Number(numberText(liked.likeCount))).toBe(Number(numberText(comment.likeCount)) + 1);

		const write = { ...about, ...own(), objectNonceId: video.objectNonceId, content: '好看' };
		await data(sim, '/finderComment', { ...write, type: 0, refCommentId: commentId });
		const replies = await data<{ commentList: JsonObject[] }>(sim, '/finderCommentDetails', {
			...about,
			...{ pageCode: '', refCommentId: 0, rootCommentId: commentId },
		});
		expect(replies.commentList).toHaveLength(1);
		const mine = BigInt(numberText(replies.commentList[0].commentId) ?? 0);
		await refused('/finderComment', { ...write, type: 1, refCommentId: commentId });
		await data(sim, '/finderComment', { ...write, type: 1, refCommentId: mine });
	});

	it('answer success texts that say 失败', async () => {
		const { video, userName } = await home();
		const answer = await post(sim, '/finderIdFav', {
			...own(),
			wId: sim.defaults.wId,
			id: BigInt(numberText(video.id) ?? 0),
			nonceId: video.objectNonceId,
			sessionBuffer: video.sessionBuffer,
			toUserName: userName,
			type: 1,
		});
		expect(answer).toEqual({ code: '1000', message: '视频号小红心id失败', data: null });
	});

	it('are searched page by page with cookie and searchId', async () => {
		const first = { content: '中国', type: 10, filter: 0, page: 1, offset: 0 };
		const page1 = await data(sim, '/newSearchFinder', first);
		const next = { ...first, page: 2, offset: page1.offset };
		await refused('/newSearchFinder', next);
		const { cookie, searchId } = page1;
		const page2 = await data(sim, '/newSearchFinder', { ...next, cookie, searchId });
		const titles = [page1, page2].flatMap(({ videoInfos }) => videoInfos as JsonObject[]);
		expect(new Set(titles.map(({ boxId }) => boxId)).size).toBe(16);
	});

	it('remember follows, and let pictures through only after an answer', async () => {
		const { userName } = await home();
		await data(sim, '/finderFollow', { ...own(), userName, type: 2 });
		const follows = async (): Promise<JsonObject> =>
			await data(sim, '/finder/getFollowList', { ...own() });
		expect((await follows()).contactList).toEqual([]);
		await data(sim, '/finderFollow', { ...own(), userName, type: 1 });
		expect((await follows()).contactList).toEqual([
			expect.objectContaining({ username: userName }),
		]);
		const toUserName = [...sim.world.channelUsers.keys()].at(-1) ?? '';
		const { sessionId } = await data<{ sessionId: string }>(sim, '/getSessionId', {
			...{ toUserName, myUserName: '', type: 2 },
		});
		const picture = { toUserName, sessionId, imgUrl: 'https://a/b.png' };
		await data(sim, '/privateSend', { ...picture, ...own(), content: '你好' });
		await refused('/privateSendImg', picture);
		sim.control.channelReply({ sessionId });
		const { newMsgId } = await data(sim, '/privateSendImg', picture);
		expect(BigInt(numberText(newMsgId) ?? 0) > 2n ** 53n).toBe(true);
	});
});
