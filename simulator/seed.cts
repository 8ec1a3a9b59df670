/** The world at the start: one developer account, one hosted WeChat online, contacts, groups, content. */
import { channelUserName, hex } from './ids.cts';
import { nowSeconds, World } from './world.cts';
import type { ChannelVideo, Hosted } from './world-types.cts';

/** Names that are the same at every start, so that settings made by hand keep working. */
export const DEFAULTS = {
	account: '18700000000',
	password: 'eyun-simulator',
	wcId: 'wxid_simulatorhost22',
	wAccount: 'simulator_host',
	wechatPassword: 'wechat-secret',
	/** First friend: 小明. */
	friend: 'wxid_xiaoming00001',
	/** First group: owned by the hosted account. */
	group: '22264491511@chatroom',
	/** Not a friend; found by this alias, accepts a request at once. */
	stranger: 'wxid_stranger00001',
} as const;

const FRIENDS = [
	{ wcId: DEFAULTS.friend, nickName: '小明', alias: 'xiaoming', phone: '13800000001', sex: 1 },
	{ wcId: 'wxid_lihua0000001', nickName: '李华', alias: 'lihua', phone: '13800000002', sex: 2 },
	{ wcId: 'wxid_wangfang0001', nickName: '王芳', alias: 'wangfang', phone: '13800000003', sex: 2 },
	{ wcId: 'azhichao', nickName: '阿志超', alias: 'azhichao', phone: '13800000004', sex: 1 },
	{ wcId: 'wxid_zombie0000001', nickName: '僵尸粉', alias: 'zombie', phone: '', sex: 0 },
];

/** A fresh default world. */
export function defaultWorld(): World {
	const world = new World();
	const { account } = world.addAccount(DEFAULTS.account, DEFAULTS.password);
	const me = world.addHosted({
		wcId: DEFAULTS.wcId,
		account,
		nickName: '模拟小助手',
		wAccount: DEFAULTS.wAccount,
		password: DEFAULTS.wechatPassword,
		sex: 2,
		city: 'Nanjing',
		signature: '我的签名如风一样难以琢磨',
		mobilePhone: '19800000000',
	});
	world.logIn(me, 'ipad');
	seedContacts(world, me);
	seedGroups(world, me);
	seedMoments(world, me);
	seedFavorites(world, me);
	seedChannels(world, me);
	return world;
}

function seedContacts(world: World, me: Hosted): void {
	for (const friend of FRIENDS) {
		world.addPerson(friend);
		world.befriend(me, friend.wcId);
	}
	world.friend(me, 'wxid_zombie0000001').status = 1;
	const others = [
		{ wcId: 'gh_3dfda90e39d6', nickName: '微信支付' },
		{ wcId: '25984982670495377@openim', nickName: '张企微', sex: 1 },
		{ wcId: 'filehelper', nickName: '文件传输助手' },
		{ wcId: 'weixin', nickName: '微信团队' },
	];
	for (const other of others) {
		world.addPerson(other);
		world.befriend(me, other.wcId);
	}
	world.addPerson({
		wcId: DEFAULTS.stranger,
		nickName: '可可',
		alias: 'keke2020',
		phone: '13900000001',
		sex: 2,
		acceptsAtOnce: true,
	});
	world.addPerson({ wcId: 'wxid_shy0000000001', nickName: '害羞', refusesGroupAdd: true });
	me.labels.set(world.next('label'), '看一看世界');
	me.labels.set(world.next('label'), '客户');
	world.friend(me, DEFAULTS.friend).labels.add(2);
}

function seedGroups(world: World, me: Hosted): void {
	const members = [DEFAULTS.friend, 'wxid_lihua0000001', DEFAULTS.stranger, 'wxid_shy0000000001'];
	world.addGroup(DEFAULTS.group, '项目群', me.wcId, members);
	world.addGroup('23282491030@chatroom', '朋友群', 'wxid_lihua0000001', [
		me.wcId,
		DEFAULTS.friend,
		'wxid_wangfang0001',
	]);
	// A group that can be joined by /scanJoinRoom and /acceptUrl.
	world.addGroup('24343869723@chatroom', '开放群', 'wxid_wangfang0001', ['azhichao']);
	me.savedGroups.add(DEFAULTS.group).add('23282491030@chatroom');
}

function seedMoments(world: World, me: Hosted): void {
	const start = nowSeconds() - 30 * 3600;
	const authors = [me.wcId, ...FRIENDS.slice(0, 4).map((friend) => friend.wcId)];
	for (let n = 0; n < 25; n++) {
		const id = world.momentIds.next();
		const text = `第${String(n + 1)}条朋友圈`;
		world.moments.set(id, {
			id,
			author: authors[n % authors.length],
			createTime: start + n * 3600,
			text,
			kind: 'text',
			xml: momentXml(id, authors[n % authors.length], start + n * 3600, text),
			private: false,
			visibleTo: [],
			hiddenFrom: [],
			likes: [],
			comments: [],
		});
	}
	const first = world.moments.values().next().value;
	first?.likes.push({ wcId: DEFAULTS.friend, createTime: start + 60 });
	first?.comments.push({
		commentId: world.next('comment'),
		replyCommentId: 0,
		author: DEFAULTS.friend,
		content: '不错',
		createTime: start + 90,
	});
}

/** The XML of a post, as the vendor's answers carry it in objectDesc. */
export function momentXml(id: bigint, author: string, createTime: number, text: string): string {
	return (
		`<TimelineObject><id><![CDATA[${String(id)}]]></id><username><![CDATA[${author}]]></username>` +
		`<createTime><![CDATA[${String(createTime)}]]></createTime><contentDesc><![CDATA[${text}]]></contentDesc></TimelineObject>`
	);
}

function seedFavorites(world: World, me: Hosted): void {
	for (let n = 0; n < 25; n++) {
		const favId = world.next('favorite');
		me.favorites.set(favId, {
			favId,
			type: [1, 2, 5][n % 3],
			updateTime: 1_538_560_491 + n,
			object: `<favitem type="${String([1, 2, 5][n % 3])}"><desc>收藏${String(favId)}</desc></favitem>`,
		});
	}
}

function seedChannels(world: World, me: Hosted): void {
	const people = ['模拟小助手', '中国日报', '摩托欧耶'].map((nickName) => {
		const userName = channelUserName(nickName);
		const details = { headImage: '', country: 'CN', province: '', city: '', sex: 0 };
		world.channelUsers.set(userName, {
			userName,
			nickName,
			signature: `${nickName}的视频号`,
			...details,
		});
		return userName;
	});
	me.channel.userName = people[0];
	for (let n = 0; n < 30; n++) addVideo(world, people[1 + (n % 2)], `中国视频 ${String(n + 1)}`);
	for (const video of world.channelVideos.values()) {
		for (let n = 0; n < 3; n++) {
			video.comments.push({
				// Signed and negative, as the vendor's -4245909463265376127 (spec/FACTS.md: Key shapes).
				commentId: -(world.channelIds.next() - 10_000_000_000_000_000_000n),
				rootCommentId: 0n,
				replyTo: 0n,
				author: people[2],
				nickName: '摩托欧耶',
				content: `评论${String(n + 1)}`,
				createTime: video.createTime + n,
				likeCount: n,
			});
		}
	}
	me.channel.follows.set(people[1], nowSeconds() - 3600);
	const sessionId = `${hex(64)}@findermsg`;
	me.channel.sessions.set(sessionId, {
		sessionId,
		toUserName: people[1],
		peerAnswered: true,
		messages: [],
	});
}

/** Adds a Channels video of an author. */
export function addVideo(world: World, author: string, description: string): ChannelVideo {
	const id = world.channelIds.next();
	const video: ChannelVideo = {
		id,
		author,
		description,
		createTime: nowSeconds(),
		objectNonceId: `${String(world.channelIds.next())}_0_0_2_1`,
		sessionBuffer: Buffer.from(JSON.stringify({ session_id: `sid_${hex(16)}` })).toString('base64'),
		likeCount: 114,
		favCount: 50,
		forwardCount: 96,
		comments: [],
	};
	world.channelVideos.set(id, video);
	return video;
}
