/**
 * What joins the catalogue (nodes/Eyun/catalogue) to the vendor's facts. Only tests, documents and the
 * simulator need it, so it is not in the catalogue, which is shipped. The coverage test finds entries that
 * are missing, and entries that name nothing.
 */
export interface CatalogueFacts {
	/** The vendor's module of each resource. */
	modules: Readonly<Record<string, string>>;
	/** Which endpoint an operation means, by path and operation, where several share the path. */
	sharedPaths: Readonly<Record<string, Readonly<Record<string, string>>>>;
	/** Fields that are not in the vendor's tables, by path and field, and where they come from. */
	undocumented: Readonly<Record<string, Readonly<Record<string, string>>>>;
	/** Fields whose allowed values are not in the vendor's tables, by path and field, and where they come from. */
	choices: Readonly<Record<string, Readonly<Record<string, string>>>>;
	/**
	 * Paths that change something and yet send nothing to other people, each with the reason: the limits for
	 * sending do not count them. Whatever changes something stands here or has `sends: true` in the catalogue.
	 */
	sendsNothing: Readonly<Record<string, string>>;
}

export const catalogueFacts: CatalogueFacts = {
	modules: {
		message: 'xiao-xi-fa-song',
		incomingMessage: 'xiao-xi-jie-shou',
		contact: 'hao-you-cao-zuo',
		group: 'qun-cao-zuo',
		label: 'biao-qian',
		moment: 'peng-you-quan',
		channel: 'shipinhao',
		favorite: 'shou-cang-jia',
		login: 'deng-lu',
		account: 'wei-xin-guan-li',
		utility: 'te-shu',
	},
	sharedPaths: {
		'/sendText': {
			sendText: 'xiao_xi_fa_song_fa_song_wen_ben_xiao_xi',
			mentionInGroup: 'xiao_xi_fa_song_qun_liao_at',
		},
		'/sendApplet': {
			forwardMiniProgram: 'xiao_xi_fa_song_sendApplet',
			sendAppMessage: 'xiao_xi_fa_song_sendApp',
		},
	},
	undocumented: {
		'/finderPublish': { myRoleType: "spec/FACTS.md, Anomalies: in the vendor's example only" },
	},
	choices: {
		'/modFinderProfile': { sex: "WeChat's own numbers, as in the answers with `sex` (responses.json)" },
	},
	sendsNothing: {
		'/revokeMsg': 'takes a message away',
		'/asynGetMsgVideo': 'for the own account',
		'/setHttpCallbackUrl': 'for the own account',
		'/cancelHttpCallbackUrl': 'for the own account',
		'/modifyRemark': 'for the own account',
		'/setFriendPemission': 'the friend is not told',
		'/delContact': 'the friend is not told',
		'/setDisturb': 'for the own account',
		'/setTop': 'for the own account',
		'/sendHeadImage': 'changes the own profile',
		'/userPrivacySettings': 'for the own account',
		'/agreeAddChatRoomMember': 'answers a request; WeChat writes the notice',
		'/deleteChatRoomMember': 'takes people away',
		'/operateChatRoom': 'changes rights',
		'/acceptUrl': 'joins a group; WeChat writes the notice',
		'/scanJoinRoom': 'joins a group; WeChat writes the notice',
		'/quitChatRoom': 'leaves a group',
		'/modifyGroupName': 'changes a name; WeChat writes the notice',
		'/modifyGroupRemark': 'for the own account',
		'/updateIInChatRoomNickName': 'changes the own name',
		'/showInAddressBook': 'for the own account',
		'/addContactLabel': 'for the own account',
		'/delContactLabel': 'for the own account',
		'/modifyContactLabel': 'for the own account',
		'/snsCancelPraise': 'takes a like away',
		'/snsCommentDel': 'takes a comment away',
		'/deleteSns': 'takes a post away',
		'/snsSetAsPrivacy': 'hides a post',
		'/snsSetPublic': 'shows an old post in its old place',
		'/snsPrivacySettings': 'for the own account',
		'/createFinder': 'creates an empty channel',
		'/modFinderProfile': 'changes the own profile',
		'/finderUpload': 'only uploads',
		'/finderBrowse': 'nobody is told who watched',
		'/scanFinderHelper': 'for the own account',
		'/weChatFavorites/delFavItem': 'for the own account',
		'/iPadLogin': 'a login',
		'/getIPadLoginInfo': 'a login',
		'/secondLogin': 'a login',
		'/loginByAccountAndPassword': 'a login',
		'/initAddressList': 'for the own account',
		'/member/offline': 'for the own account',
		'/uploadCdnImage': 'only uploads',
		'/sendCdnVideo': 'only uploads',
		'/offlineReason': 'for the own account',
		'/setproxy': 'for the own account',
	},
};
