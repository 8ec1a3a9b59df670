import type { Kept } from './types';

/** A friend, or a member of a group who is none. */
export const SHORT_PERSON: Kept = {
	userName: true,
	nickName: true,
	remark: true,
	aliasName: true,
	signature: true,
	sex: true,
	country: true,
	labelList: true,
};

/** A channel in a list of channels. */
export const SHORT_CHANNEL: Kept = {
	username: true,
	nickname: true,
	signature: true,
	headUrl: true,
	followTime: true,
	liveStatus: true,
};

/** What a login has come to: who is logged in, or what a person has to do next. */
export const SHORT_LOGIN: Kept = {
	wId: true,
	wcId: true,
	nickName: true,
	wAccount: true,
	mobilePhone: true,
	status: true,
	url: true,
	base64: true,
	verificationRequired: true,
};
