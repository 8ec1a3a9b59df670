/** How a login ends, and what the vendor answers about the WeChat that is logged in. */
import { wechatId } from './ids.cts';
import type { JsonObject } from './json.cts';
import type { Simulation } from './simulation.cts';
import type { Hosted, Instance, PendingLogin } from './world-types.cts';

/**
 * The phone confirms a login: the instance comes online under the wId the caller already has.
 * `wcId` says who scanned; else it is the stored wcId of the request, else a new account.
 */
export function confirmLogin(sim: Simulation, login: PendingLogin, wcId?: string): Hosted {
	const who = wcId ?? (login.wcId || wechatId());
	const me =
		sim.world.hosted.get(who) ??
		sim.world.addHosted({ wcId: who, account: login.account, nickName: '新登录' });
	login.state = 'confirmed';
	login.wcId = me.wcId;
	sim.world.logIn(me, login.deviceType, login.wId);
	return me;
}

/** The full login data (spec/FACTS.md: Key shapes /getIPadLoginInfo); status 3: logged in. */
export function loginData(sim: Simulation, me: Hosted, instance: Instance): JsonObject {
	const head = me.headImage || sim.media.url('head', `${me.wcId}.png`);
	return {
		country: me.country,
		wAccount: me.wAccount,
		deviceType: instance.deviceType,
		city: me.city,
		signature: me.signature,
		nickName: me.nickName,
		sex: me.sex,
		headUrl: head,
		type: 2,
		smallHeadImgUrl: head,
		wcId: me.wcId,
		wId: instance.wId,
		mobilePhone: me.mobilePhone,
		uin: me.uin,
		status: 3,
	};
}
