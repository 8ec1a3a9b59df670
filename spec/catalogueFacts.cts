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
};
