import { CONTENTS, contentIn, GROUP, ME, read } from '../fixtures/content/load.cts';

/** What happened in a group, from templates with their people and from plain words. */

const me = { wcId: ME, nickName: null };
const named = (...names: string[]) => names.map((nickName) => ({ wcId: null, nickName }));
const [A] = named('A');
const [B] = named('B');

const words = (code: string, content: string) =>
	contentIn(code, { fromGroup: GROUP, msgType: 10000, content });

describe('members who joined', () => {
	it('are known by id in a template', () => {
		expect(read('85008', 'joinedByInvitation')).toEqual({
			type: 'memberJoined',
			by: 'invitation',
			inviter: { wcId: 'wxid_a', nickName: 'A' },
			members: [
				{ wcId: 'wxid_b', nickName: 'B、C' },
				{ wcId: 'wxid_d', nickName: 'D"引号"' },
			],
			text: '"A"邀请"B、C、D"引号""加入了群聊',
		});
		expect(read('85009', 'joinedByQrCode')).toEqual({
			type: 'memberJoined',
			by: 'qrCode',
			inviter: { wcId: 'wxid_a', nickName: 'A' },
			members: [{ wcId: 'wxid_b', nickName: 'B' }],
			text: '" B"通过扫描"A"分享的二维码加入群聊',
		});
	});

	it.each(['85008', '80999'])('were invited by the account itself: %s', (code) => {
		const expected = {
			inviter: me,
			members: [{ wcId: 'wxid_b', nickName: 'B' }],
			text: '你邀请"B"加入了群聊',
		};
		expect(read(code, 'joinedByMe')).toMatchObject(expected);
		expect(read(code, 'delchatroommember')).toMatchObject(expected);
	});

	it('are known by the names of the placeholders when the words are not', () => {
		expect(read('85008', 'unknownTemplate')).toMatchObject({
			type: 'memberJoined',
			by: 'invitation',
			inviter: { wcId: 'wxid_a', nickName: 'A' },
			members: [{ wcId: 'wxid_b', nickName: 'B' }],
			text: '"A"が"B"を招待しました',
		});
	});

	it.each<[string, string, object | null, object[]]>([
		['"A"邀请"B"加入了群聊', 'invitation', A, [B]],
		['"A"邀请"B、C"加入了群聊', 'invitation', A, named('B、C')],
		['"A"邀请"B"、"C、D"加入了群聊', 'invitation', A, named('B', 'C、D')],
		['“A、甲”邀请“B, C”加入了群聊', 'invitation', { wcId: null, nickName: 'A、甲' }, named('B, C')],
		['"A"邀請"B"加入了群聊', 'invitation', A, [B]],
		['「A」邀請「B」加入群組', 'invitation', A, [B]],
		['" B"透過掃描"A"分享的QR碼加入群聊', 'qrCode', A, [B]],
		['你邀请"B"加入了群聊  ', 'invitation', me, [B]],
		['你邀请"B"加入了群聊  <a href="weixin://revoke/">撤销</a>', 'invitation', me, [B]],
		['"A"邀请你加入了群聊，群聊参与人还有：B、C', 'invitation', A, [me]],
		['"A"邀请你和"B"加入了群聊', 'invitation', A, [me, B]],
		['"A"邀请你和"B、C"加入了群聊，群聊参与人还有：D', 'invitation', A, [me, ...named('B、C')]],
		['" B"通过扫描"A"分享的二维码加入群聊', 'qrCode', A, [B]],
		['"B"通过扫描你分享的二维码加入群聊', 'qrCode', me, [B]],
		['"B"通过"A"的邀请二维码加入群聊', 'qrCode', A, [B]],
		['你通过扫描二维码加入群聊，群聊参与人还有：B、C', 'qrCode', null, [me]],
		[`${GROUP}:\n"A"邀请"B"加入了群聊`, 'invitation', A, [B]],
		['A invited B to the group chat', 'invitation', A, [B]],
		['A invited B, C to the group chat', 'invitation', A, named('B', 'C')],
		['You invited B to the group chat.', 'invitation', me, [B]],
		['A invited you to a group chat with B, C', 'invitation', A, [me]],
		['A invited you and B to the group chat', 'invitation', A, [me, B]],
		['"B" joined the group chat via the QR Code shared by "A"', 'qrCode', A, [B]],
		['"B" joined group chat via the QR code you shared', 'qrCode', me, [B]],
		['“A, Mr.” invited “B、C” to the group chat', 'invitation', named('A, Mr.')[0], named('B、C')],
		['You’ve invited "B" to the group chat.   Revoke', 'invitation', me, [B]],
		['"A" invited you and "B" to the group chat', 'invitation', A, [me, B]],
		['"A" has invited "B"、"C" to this group chat', 'invitation', A, named('B', 'C')],
		['"A" invited you to join the group chat', 'invitation', A, [me]],
		['"B" joined the group chat via QR code shared by "A".', 'qrCode', A, [B]],
		['"B" joined the group chat via the QR code shared by you', 'qrCode', me, [B]],
		['"B" has joined the group chat via the QR code "A" shared.', 'qrCode', A, [B]],
		['"B" joined the group chat via your shared QR Code', 'qrCode', me, [B]],
		['"B" joined the group chat by scanning "A"\'s QR code', 'qrCode', A, [B]],
		['A, Mr. invited B, C to the group chat', 'invitation', named('A, Mr.')[0], named('B', 'C')],
		['B, Jr. joined the group chat via the QR code shared by A', 'qrCode', A, named('B, Jr.')],
		['You joined the group chat via QR code', 'qrCode', null, [me]],
	])('%s', (content, by, inviter, members) => {
		expect(words('85008', content)).toEqual({
			type: 'memberJoined',
			by,
			inviter,
			members,
			text: expect.any(String),
		});
	});

	it('keep the list of a large group in the text', () => {
		const names = Array.from({ length: 2000 }, (_, index) => `N${index}`).join('、');
		const content = `"A"邀请你加入了群聊，群聊参与人还有：${names}`;
		expect(words('85008', content)).toMatchObject({ inviter: A, members: [me], text: content });
	});
});

describe('other notices', () => {
	it.each<[string, string, object]>([
		['85002', '你被"A"移出群聊', { type: 'youWereRemoved', members: [me], by: A }],
		[
			'85002',
			'You were removed from the group chat by "A"',
			{ type: 'youWereRemoved', members: [me], by: A },
		],
		['85003', '你将"B"移出了群聊', { type: 'memberRemoved', members: [B], by: me }],
		['85003', '"A"将"B、C"移出了群聊', { type: 'memberRemoved', members: named('B、C'), by: A }],
		[
			'85003',
			'You removed "B" from the group chat',
			{ type: 'memberRemoved', members: [B], by: me },
		],
		[
			'85003',
			'“A” removed “B, C” from the group chat.',
			{ type: 'memberRemoved', members: named('B, C'), by: A },
		],
		[
			'85003',
			'"B" was removed from the group chat by "A"',
			{ type: 'memberRemoved', members: [B], by: A },
		],
		['85003', '你將"B"移出了群聊', { type: 'memberRemoved', members: [B], by: me }],
		[
			'85003',
			'你将"B"、"C"移出了群聊',
			{ type: 'memberRemoved', members: named('B', 'C'), by: me },
		],
		['85002', '你已被移出群聊', { type: 'youWereRemoved', members: [me], by: null }],
		[
			'85002',
			'"A" removed you from the group chat',
			{ type: 'youWereRemoved', members: [me], by: A },
		],
		[
			'85002',
			'You have been removed from the group chat by "A".',
			{ type: 'youWereRemoved', members: [me], by: A },
		],
		[
			'85002',
			'You were removed from the group chat',
			{ type: 'youWereRemoved', members: [me], by: null },
		],
		['85015', '"B、C"退出群聊', { type: 'left', members: named('B、C'), by: null }],
		['85015', '"B" has left the group chat.', { type: 'left', members: [B], by: null }],
		['85015', 'B, Jr. left the group chat', { type: 'left', members: named('B, Jr.'), by: null }],
		['85010', 'You are the new group owner', { type: 'ownerChanged', newOwner: me, by: null }],
		['85015', 'You left the group chat', { type: 'left', members: [me], by: null }],
		['85005', '"A、B"将群名修改为"新"', { type: 'renamed', newName: '新', by: named('A、B')[0] }],
		['85005', '你修改群名為「新」', { type: 'renamed', newName: '新', by: me }],
		[
			'85005',
			'You changed the group name to “A "1"”.',
			{ type: 'renamed', newName: 'A "1"', by: me },
		],
		[
			'85005',
			'"A, B" has changed the group chat name to "Cats"',
			{ type: 'renamed', newName: 'Cats', by: named('A, B')[0] },
		],
		['85010', 'You are now the group owner', { type: 'ownerChanged', newOwner: me, by: null }],
		[
			'85010',
			'"A" transferred the group ownership to "B".',
			{ type: 'ownerChanged', newOwner: B, by: A },
		],
		['85010', '"A"已將群主轉讓給你', { type: 'ownerChanged', newOwner: me, by: A }],
		['85004', '你解散了群聊', { type: 'dismissed', by: me }],
		['85004', 'Group owner "A" has disbanded the group chat.', { type: 'dismissed', by: A }],
		['85004', 'The group chat has been dismissed by "A"', { type: 'dismissed', by: A }],
		['85004', 'This group chat was dismissed by the group owner.', { type: 'dismissed', by: null }],
		['85006', '"B"被"A"设为群管理员', { type: 'adminAdded', members: [B], by: A }],
		['85006', '"A" added "B" as a group admin', { type: 'adminAdded', members: [B], by: A }],
		['85006', 'You are now a group admin.', { type: 'adminAdded', members: [me], by: null }],
		[
			'85006',
			'"A" made "B"、"C" group admins',
			{ type: 'adminAdded', members: named('B', 'C'), by: A },
		],
		[
			'85007',
			'"A" removed "B" from the group admins',
			{ type: 'adminRemoved', members: [B], by: A },
		],
		['85007', '"B" is no longer a group admin', { type: 'adminRemoved', members: [B], by: null }],
		[
			'85013',
			'"A" has enabled "Group Chat Invitation Confirmation". Members need the owner\'s approval.',
			{ type: 'inviteConfirmationChanged', enabled: true },
		],
		[
			'85013',
			'The group owner disabled "Invitation Confirmation"',
			{ type: 'inviteConfirmationChanged', enabled: false },
		],
		['85013', '群主已啟用「群聊邀請確認」', { type: 'inviteConfirmationChanged', enabled: true }],
		['85015', '"B"退出了群聊', { type: 'left', members: [B], by: null }],
		['85004', '群主"A"已解散该群聊', { type: 'dismissed', by: A }],
		['85004', '该群聊已被解散', { type: 'dismissed', by: null }],
		['85005', '你修改群名为“新 群名”', { type: 'renamed', newName: '新 群名', by: me }],
		['85005', '"A"修改群名为“a”b””', { type: 'renamed', newName: 'a”b”', by: A }],
		['85005', 'A changed the group name to "Cats"', { type: 'renamed', newName: 'Cats', by: A }],
		['85010', '你已成为新群主', { type: 'ownerChanged', newOwner: me, by: null }],
		['85010', '"B"已成为新群主', { type: 'ownerChanged', newOwner: B, by: null }],
		['85010', '"A"已将群主转让给"B"', { type: 'ownerChanged', newOwner: B, by: A }],
		['85010', 'B has become the new group owner', { type: 'ownerChanged', newOwner: B, by: null }],
		['85006', '群主已将"B"、"C"添加为群管理员', { type: 'adminAdded', members: named('B', 'C') }],
		['85006', '"A"将你设置为群管理员', { type: 'adminAdded', members: [me], by: A }],
		['85006', '你已成为群管理员', { type: 'adminAdded', members: [me], by: null }],
		['85007', '群主已将"B"移除群管理员', { type: 'adminRemoved', members: [B], by: null }],
		['85007', '"B"不再是群管理员', { type: 'adminRemoved', members: [B], by: null }],
		[
			'85013',
			'群主已启用“群聊邀请确认”，群成员需群主确认才能邀请朋友进群。',
			{ type: 'inviteConfirmationChanged', enabled: true },
		],
		['85013', '群主已恢复默认进群方式。', { type: 'inviteConfirmationChanged', enabled: false }],
	])('%s %s', (code, content, expected) => {
		expect(words(code, content)).toEqual({
			...((expected as { type: string }).type.startsWith('admin') ? { by: null } : {}),
			...expected,
			text: content,
		});
	});

	it.each([
		['85003', 'memberRemoved', 'wxid_b', '你将"白开水"移出了群聊'],
		['80999', 'memberRemoved', 'wxid_b', '你将"白开水"移出了群聊'],
	])('%s with the member by id', (code, name, wcId, text) => {
		expect(read(code, name)).toMatchObject({
			type: 'memberRemoved',
			members: [{ wcId, nickName: '白开水' }],
			by: me,
			text,
		});
	});

	it('is what the event says where a name reads like another notice', () => {
		const newName = '"邀请"B"加入了群聊';
		const content = words('85005', `"A"修改群名为“${newName}”`);
		expect(content).toMatchObject({ type: 'renamed', newName, by: A });
	});

	it('of a dismissed group names who did it', () => {
		expect(read('85004', 'dismissed')).toEqual({
			type: 'dismissed',
			by: { wcId: 'wxid_a', nickName: '朝夕。' },
			text: '群主"朝夕。"已解散该群聊',
		});
	});

	it.each(['85003', '85004', '85010', '85015', '85006', '85007'])(
		'%s in a template whose words are not known',
		(code) => {
			const content = read(code, 'unknownTemplate') as Record<string, unknown>;
			expect(content.text).toBe('"A"が"B"を招待しました');
			expect(content).toMatchObject({ type: expect.stringMatching(/^[a-z]+/i) });
		},
	);

	it.each(['85002', '85005', '85008', '85010', '85013', '85014'])(
		'%s in words that are not known stays text',
		(code) => {
			expect(words(code, '何か起きました')).toBe('何か起きました');
		},
	);

	it.each(['85005', '85013'])('%s says nothing in a template that is not known', (code) => {
		expect(read(code, 'unknownTemplate')).toBe(CONTENTS.unknownTemplate);
	});

	it('without content says nothing', () => {
		expect(contentIn('85015', { wId: 'w-1', userName: GROUP })).toBeNull();
		expect(contentIn('85008', { fromGroup: GROUP, content: '' })).toBeNull();
	});

	it('knows the account from the message when the push does not name it', () => {
		const data = { toUser: 'wxid_other', content: '你已成为新群主' };
		const content = contentIn('85010', data, { wcId: undefined });
		expect(content).toMatchObject({ newOwner: { wcId: 'wxid_other' } });
	});
});

describe('announcements', () => {
	const editor = { wcId: 'wxid_a', nickName: null };
	const details = { announcementId: 'wxid_a_123456@chatroom_1705045558_2028281562' };

	it('as a system message', () => {
		expect(read('85011', 'announcement')).toEqual({
			type: 'announcement',
			text: '群公告哈1',
			editor,
			...details,
			editTime: 1705045558,
		});
	});

	it('as an app message', () => {
		const content = read('80999', 'announcementInApp');
		expect(content).toMatchObject({ text: '周六下午公园野餐', editor, ...details });
	});

	it('as plain words', () => {
		const data = { fromUser: 'wxid_a', content: '@所有人 周六见' };
		expect(contentIn('85011', data)).toEqual({
			type: 'announcement',
			text: '@所有人 周六见',
			editor,
			announcementId: null,
			editTime: null,
		});
		expect(contentIn('85011', { ...data, fromUser: GROUP })).toMatchObject({ editor: null });
	});
});

describe('to-dos', () => {
	it('as a system message', () => {
		expect(read('85012', 'todo')).toEqual({
			type: 'todo',
			state: 'set',
			title: '群公告',
			todoId: 'related_msgid_7881232272539128387',
			messageId: '7881232272539128387',
			creator: { wcId: 'wxid_a', nickName: null },
			operator: { wcId: 'wxid_b', nickName: null },
			time: 1705045591,
			text: 'wxid_b将你的消息设置为群待办',
		});
	});

	it('as plain words', () => {
		const content = words('85012', '"A"设置了群待办');
		expect(content).toMatchObject({ type: 'todo', title: null, text: '"A"设置了群待办' });
	});
});

it.each(['85014', '80999'])('reads a request to join: %s', (code) => {
	expect(read(code, 'joinRequest')).toEqual({
		type: 'joinRequest',
		inviter: { wcId: 'wxid_a', nickName: null },
		invitees: [
			{ wcId: 'wxid_b', nickName: 'B', avatarUrl: 'http://wx.qlogo.cn/mmhead/ver_1/b/132' },
			{ wcId: 'wxid_c', nickName: 'C', avatarUrl: null },
		],
		reason: '老同学 & 朋友',
		ticket: 'AQBZhEDbCWVy9Oo+ticket==',
		link: '去确认',
		chatId: GROUP,
		text: '"A"想邀请2位朋友加入群聊',
	});
});
