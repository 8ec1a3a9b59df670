/** A message of each kind (the last three digits of 60… and 80…): XML as WeChat writes it, and the fields beside it. */
import { hex, newMessageId } from './ids.cts';
import type { JsonObject } from './json.cts';
import { cdata, escaped } from './xml.cts';
import { nowSeconds } from './world.cts';

/** Who speaks where. */
export interface Speaker {
	fromUser: string;
	toUser: string;
	nickName: string;
	fromGroup?: string;
}

interface Sample extends JsonObject {
	content: string;
	/** What the phone shows in its list, without the name; absent: nothing. */
	pushContent?: string;
}

const CDN = '3057020100044b304902010002043904752002032f7e350204aa0dd83a020465a0e6de';
const HEAD = '<?xml version="1.0"?>\n';
const FILE = 'report.pdf';
const FILE_BYTES = 8939;

/** 49: what WeChat calls an app message, told apart by its <type>. */
function appMessage(
	{ fromUser }: Speaker,
	type: number,
	inner: { title: string; [tag: string]: string },
	more = '',
): string {
	const tags = Object.entries(inner).map(
		([tag, text]) => `\t\t<${tag}>${escaped(text)}</${tag}>\n`,
	);
	return (
		`${HEAD}<msg>\n\t<appmsg appid="" sdkver="0">\n${tags.join('')}\t\t<type>${String(type)}</type>\n${more}` +
		`\t</appmsg>\n\t<fromusername>${fromUser}</fromusername>\n\t<scene>0</scene>\n` +
		'\t<appinfo>\n\t\t<version>1</version>\n\t\t<appname></appname>\n\t</appinfo>\n</msg>\n'
	);
}

function attachment(inner: string): string {
	return (
		`\t\t<appattach>\n\t\t\t<totallen>${String(FILE_BYTES)}</totallen>\n` +
		`\t\t\t<fileext>pdf</fileext>\n${inner}\t\t</appattach>\n\t\t<md5>${hex(32)}</md5>\n`
	);
}

const samples: Record<string, (speaker: Speaker) => Sample> = {
	'001': () => ({ content: '你好', pushContent: ' : 你好' }),
	'002': () => ({
		content: `${HEAD}<msg>\n\t<img aeskey="${hex(32)}" encryver="1" cdnthumbaeskey="${hex(32)}" cdnthumburl="${CDN}01" cdnthumblength="2146" cdnthumbheight="76" cdnthumbwidth="120" cdnmidheight="0" cdnmidwidth="0" cdnhdheight="1080" cdnhdwidth="1920" cdnmidimgurl="${CDN}02" cdnbigimgurl="${CDN}03" hdlength="84321" length="2998" md5="${hex(32)}" />\n\t<platform_signature></platform_signature>\n\t<imgdatahash></imgdatahash>\n</msg>\n`,
		img: '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMC',
		pushContent: '发来一张图片',
	}),
	'003': ({ fromUser }) => ({
		content: `${HEAD}<msg>\n\t<videomsg aeskey="${hex(32)}" cdnvideourl="${CDN}05" cdnthumbaeskey="${hex(32)}" cdnthumburl="${CDN}06" length="3124240" playlength="11" cdnthumblength="7873" cdnthumbwidth="224" cdnthumbheight="398" fromusername="${fromUser}" md5="${hex(32)}" newmd5="${hex(32)}" isplaceholder="0" isad="0" />\n</msg>\n`,
		pushContent: '发来一段视频',
	}),
	'004': ({ fromUser }) => ({
		content: `<msg><voicemsg endflag="1" cancelflag="0" forwardflag="0" voiceformat="4" voicelength="1960" length="3083" bufid="577212" aeskey="${hex(32)}" voiceurl="${CDN}04" voicemd5="" clientmsgid="${hex(32)}" fromusername="${fromUser}" /></msg>`,
		bufId: '577212',
		length: 3083,
		voiceLength: 1960,
		pushContent: '发来一段语音',
	}),
	'005': () => ({
		content: `${HEAD}<msg bigheadimgurl="http://wx.qlogo.cn/mmhead/ver_1/card/0" smallheadimgurl="http://wx.qlogo.cn/mmhead/ver_1/card/132" username="v3_020b3826fd03010000000000${hex(8)}@stranger" nickname="可可" alias="keke2020" imagestatus="4" scene="17" province="江苏" city="南京" sign="" sex="2" certflag="0" regionCode="CN" antispamticket="v4_000b708f0b0400000100000000@stranger" />\n`,
		pushContent: '向你推荐了可可',
	}),
	'006': ({ fromUser, toUser }) => {
		const md5 = hex(32);
		return {
			content: `<msg><emoji fromusername = "${fromUser}" tousername = "${toUser}" type="2" idbuffer="media:0_0" md5="${md5}" len = "12345" androidmd5="${md5}" androidlen="12345" cdnurl = "http://wxapp.tc.qq.com/262/20304/stodownload?m=${md5}&amp;filekey=30350201" aeskey= "${hex(32)}" width= "240" height= "240" desc= "" ></emoji> <gameext type="0" content="0" ></gameext></msg>`,
			md5,
			length: 12345,
			pushContent: '发来一个表情',
		};
	},
	'007': (speaker) => {
		const link = { title: '标题', des: '描述', url: 'https://example.com/' };
		const thumbUrl = 'https://example.com/thumb.jpg';
		return {
			content: appMessage(speaker, 5, { ...link, thumburl: thumbUrl }),
			...link,
			thumbUrl,
			pushContent: ' : [链接] 标题',
		};
	},
	// Announced: not there to be downloaded yet.
	'008': (speaker) => ({
		content: appMessage(
			speaker,
			74,
			{ title: FILE },
			`\t\t<showtype>0</showtype>\n${attachment(`\t\t\t<fileuploadtoken>v1_${hex(8)}</fileuploadtoken>\n\t\t\t<status>0</status>\n`)}`,
		),
		pushContent: ` : [文件] ${FILE}`,
	}),
	'009': (speaker) => ({
		content: appMessage(
			speaker,
			6,
			{ title: FILE, des: '' },
			attachment(
				`\t\t\t<attachid>@cdn_${CDN}_${hex(32)}_1</attachid>\n\t\t\t<cdnattachurl>${CDN}07</cdnattachurl>\n\t\t\t<aeskey>${hex(32)}</aeskey>\n\t\t\t<encryver>0</encryver>\n\t\t\t<overwrite_newmsgid>${String(newMessageId())}</overwrite_newmsgid>\n`,
			),
		),
		pushContent: ` : [文件] ${FILE}`,
	}),
	'010': (speaker) => ({
		content: appMessage(
			speaker,
			33,
			{
				title: '示例助手',
				des: '一个小程序',
				url: 'https://mp.weixin.qq.com/mp/waerrpage?appid=wxe2039b83454e49ed&type=upgrade',
				sourceusername: 'gh_44fc2ced7f87@app',
				sourcedisplayname: '示例小程序',
			},
			`\t\t<appattach>\n\t\t\t<cdnthumburl>${CDN}08</cdnthumburl>\n\t\t\t<aeskey>${hex(32)}</aeskey>\n\t\t</appattach>\n` +
				`\t\t<weappinfo>\n\t\t\t<username>${cdata('gh_44fc2ced7f87@app')}</username>\n\t\t\t<appid>${cdata('wxe2039b83454e49ed')}</appid>\n\t\t\t<type>2</type>\n\t\t\t<version>594</version>\n` +
				`\t\t\t<weappiconurl>${cdata('http://mmbiz.qpic.cn/mmbiz_png/icon/640?wx_fmt=png')}</weappiconurl>\n\t\t\t<pagepath>${cdata('pages/home/home.html?from=2')}</pagepath>\n\t\t</weappinfo>\n`,
		),
		pushContent: ' : [小程序] 示例助手',
	}),
	'011': (speaker) => ({
		content: appMessage(
			speaker,
			19,
			{ title: '群聊的聊天记录', des: '小明: 你好\n李华: [图片]' },
			`\t\t<recorditem>${cdata(
				'<recordinfo><title>群聊的聊天记录</title><desc>小明: 你好</desc><datalist count="2">' +
					'<dataitem datatype="1" dataid="a1"><sourcename>小明</sourcename><sourcetime>2024-01-12 15:01:02</sourcetime><datadesc>你好</datadesc></dataitem>' +
					`<dataitem datatype="2" dataid="a2"><sourcename>李华</sourcename><sourcetime>2024-01-12 15:02:00</sourcetime><datafmt>jpg</datafmt><datasize>84321</datasize><fullmd5>${hex(32)}</fullmd5></dataitem>` +
					'</datalist></recordinfo>',
			)}</recorditem>\n`,
		),
		pushContent: ' : [聊天记录] 群聊的聊天记录',
	}),
	'012': () => ({
		content:
			'<voipinvitemsg><roomid>88320233</roomid><key>7240177537323914205</key><status>1</status><invitetype>1</invitetype></voipinvitemsg><voipextinfo><recvtime>0</recvtime></voipextinfo><voiplocalinfo><wording_type>4608</wording_type><duration>0</duration></voiplocalinfo>',
		pushContent: '邀请你语音通话',
	}),
	'013': () => ({
		content:
			`<voipmsg type="VoIPBubbleMsg"><VoIPBubbleMsg><msg>${cdata('通话时长 01:23')}</msg>\n<room_type>1</room_type>\n<red_dot>true</red_dot>\n<roomid>529184440743097310</roomid>\n<roomkey>0</roomkey>\n<msg_type>100</msg_type>\n` +
			`<timestamp>${String(nowSeconds() * 1000)}</timestamp>\n<duration>0</duration>\n<business>1</business>\n</VoIPBubbleMsg></voipmsg>`,
	}),
	'014': (speaker) => ({
		content: appMessage(
			speaker,
			57,
			{ title: '引用' },
			`\t\t<refermsg>\n\t\t\t<type>1</type>\n\t\t\t<svrid>${String(newMessageId())}</svrid>\n` +
				`\t\t\t<fromusr>${speaker.fromGroup ?? speaker.toUser}</fromusr>\n\t\t\t<chatusr>${speaker.toUser}</chatusr>\n` +
				`\t\t\t<displayname>模拟小助手</displayname>\n\t\t\t<content>${escaped('原话 & more')}</content>\n` +
				`\t\t\t<msgsource>${escaped('<msgsource></msgsource>')}</msgsource>\n\t\t\t<createtime>${String(nowSeconds() - 60)}</createtime>\n\t\t</refermsg>\n`,
		),
		title: '引用',
		msgType: 49,
		pushContent: ' : 引用',
	}),
	'015': (speaker) => ({
		content: appMessage(
			speaker,
			2000,
			{
				title: '微信转账',
				des: '收到转账1234.50元。如需收钱，请点此升级至最新版本',
				url: 'https://support.weixin.qq.com/cgi-bin/readtemplate?t=page&text=text001',
			},
			`\t\t<wcpayinfo>\n\t\t\t<paysubtype>1</paysubtype>\n\t\t\t<feedesc>${cdata('￥1,234.50')}</feedesc>\n\t\t\t<transcationid>${cdata('53010000124165202401122702555054')}</transcationid>\n\t\t\t<transferid>${cdata('1000050001202401120020624149917')}</transferid>\n` +
				`\t\t\t<invalidtime>${cdata(String(nowSeconds() + 86_400))}</invalidtime>\n\t\t\t<begintransfertime>${cdata(String(nowSeconds()))}</begintransfertime>\n\t\t\t<pay_memo>${cdata('午饭')}</pay_memo>\n\t\t\t<receiver_username>${cdata(speaker.toUser)}</receiver_username>\n\t\t\t<payer_username>${cdata('')}</payer_username>\n\t\t</wcpayinfo>\n`,
		),
		pushContent: ' : [转账] 请你确认收钱',
	}),
	'016': (speaker) => ({
		content: appMessage(
			speaker,
			2001,
			{ title: '微信红包', des: '我给你发了一个红包，赶紧去拆!' },
			`\t\t<wcpayinfo>\n\t\t\t<templateid>${cdata(hex(32))}</templateid>\n\t\t\t<receivertitle>${cdata('恭喜发财，大吉大利')}</receivertitle>\n\t\t\t<sendertitle>${cdata('恭喜发财，大吉大利')}</sendertitle>\n\t\t\t<scenetext>${cdata('微信红包')}</scenetext>\n` +
				`\t\t\t<nativeurl>${cdata('wxpay://c2cbizmessagehandler/hongbao/receivehongbao?msgtype=1&sendid=1000039901202401127291056629415&total_num=1')}</nativeurl>\n\t\t\t<sceneid>${cdata('1002')}</sceneid>\n\t\t\t<paymsgid>${cdata('1000039901202401127291056629415')}</paymsgid>\n\t\t\t<invalidtime>${cdata(String(nowSeconds() + 86_400))}</invalidtime>\n\t\t</wcpayinfo>\n`,
		),
		pushContent: ' : [红包] 恭喜发财，大吉大利',
	}),
	'017': (speaker) => ({
		content: appMessage(
			speaker,
			51,
			{
				title: '当前微信版本不支持展示该内容，请升级至最新版本。',
				url: 'https://support.weixin.qq.com/update/',
			},
			'\t\t<finderFeed>\n\t\t\t<objectId>14264358459626428566</objectId>\n\t\t\t<feedType>4</feedType>\n\t\t\t<nickname>中国日报</nickname>\n\t\t\t<avatar>https://wx.qlogo.cn/finderhead/ver_1/a/0</avatar>\n\t\t\t<desc>中国视频</desc>\n\t\t\t<mediaCount>1</mediaCount>\n' +
				'\t\t\t<objectNonceId>8046877030770906689_0_0_0_0_0</objectNonceId>\n\t\t\t<username>v2_060000231003b20faec8cae08b19c7d2@finder</username>\n\t\t\t<mediaList>\n\t\t\t\t<media>\n\t\t\t\t\t<mediaType>4</mediaType>\n\t\t\t\t\t<url>http://wxapp.tc.qq.com/251/20302/stodownload?encfilekey=Cvvj5&amp;idx=1</url>\n' +
				'\t\t\t\t\t<thumbUrl>http://wxapp.tc.qq.com/251/20304/stodownload?encfilekey=oibeq&amp;idx=1</thumbUrl>\n\t\t\t\t\t<width>1080</width>\n\t\t\t\t\t<height>1920</height>\n\t\t\t\t\t<coverUrl>http://wxapp.tc.qq.com/251/20304/cover?idx=1</coverUrl>\n\t\t\t\t\t<videoPlayDuration>10</videoPlayDuration>\n\t\t\t\t</media>\n\t\t\t</mediaList>\n\t\t</finderFeed>\n',
		),
		pushContent: ' : [视频号] 中国日报',
	}),
	'018': ({ fromUser, fromGroup, nickName }) => ({
		content: `<sysmsg type="revokemsg"><revokemsg><session>${fromGroup ?? fromUser}</session><msgid>1040356115</msgid><newmsgid>${String(newMessageId())}</newmsgid><replacemsg>${cdata(`"${nickName}" 撤回了一条消息`)}</replacemsg></revokemsg></sysmsg>`,
	}),
	'019': ({ fromUser, toUser, fromGroup }) => ({
		content: `${fromGroup === undefined ? '' : `${fromGroup}:\n`}<sysmsg type="pat">\n<pat>\n  <fromusername>${fromUser}</fromusername>\n  <chatusername>${fromGroup ?? fromUser}</chatusername>\n  <pattedusername>${toUser}</pattedusername>\n  <patsuffix>${cdata('的头')}</patsuffix>\n  <patsuffixversion>0</patsuffixversion>\n  <template>${cdata(`"\${${fromUser}}" 拍了拍我的头`)}</template>\n</pat>\n</sysmsg>`,
	}),
	'020': () => ({
		content: `${HEAD}<msg>\n\t<location x="39.903740" y="116.397827" scale="15" label="北京市东城区东长安街" maptype="roadmap" poiname="北京天安门广场" poiid="qqmap_8314157447236438749" buildingId="" floorName="" poiCategoryTips="旅游景点" isFromPoiList="true" adcode="110101" cityname="北京市" />\n</msg>\n`,
		pushContent: '发来一个位置',
	}),
	'021': (speaker) => ({
		content: appMessage(speaker, 3, {
			title: '示例歌曲',
			des: '示例歌手',
			url: 'https://i.y.qq.com/v8/playsong.html?songid=1&source=yqq',
			dataurl: 'http://c6.y.qq.com/rsc/song.mp3?id=1',
			songalbumurl: 'http://y.gtimg.cn/music/album.jpg',
		}),
		pushContent: ' : [音乐] 示例歌曲',
	}),
	'022': (speaker) => {
		const url = `https://support.weixin.qq.com/cgi-bin/mmsupport-bin/addchatroombyinvite?ticket=${hex(16)}`;
		return {
			content: appMessage(speaker, 5, {
				title: '邀请你加入群聊',
				des: `"${speaker.nickName}"邀请你加入群聊"开放群"，进入可查看详情。`,
				action: 'view',
				url,
				thumburl: 'http://wx.qlogo.cn/mmcrhead/B2EfAOZfS1/0',
			}),
			url,
			pushContent: ' : [链接] 邀请你加入群聊',
		};
	},
	// 接龙, which has no code of its own.
	'999': (speaker) => ({
		content: appMessage(speaker, 53, { title: '#接龙\n\n1. 小明', des: '' }),
		pushContent: ' : #接龙',
	}),
};

/** An official account's article (90001), from the account that speaks. */
function article(speaker: Speaker): Sample {
	const piece = (tag: string, title: string, idx: number): string =>
		`\t\t\t\t<${tag}>\n\t\t\t\t\t<itemshowtype>0</itemshowtype>\n\t\t\t\t\t<title>${cdata(title)}</title>\n\t\t\t\t\t<url>${cdata(`http://mp.weixin.qq.com/s?__biz=MzA4&mid=1&idx=${String(idx)}`)}</url>\n\t\t\t\t\t<pub_time>${String(nowSeconds())}</pub_time>\n\t\t\t\t\t<cover>${cdata('https://mmbiz.qpic.cn/cover.jpg')}</cover>\n\t\t\t\t\t<digest>${cdata('摘要')}</digest>\n\t\t\t\t</${tag}>\n`;
	return {
		content: appMessage(
			speaker,
			5,
			{ title: '头条标题', des: '摘要', url: 'http://mp.weixin.qq.com/s?__biz=MzA4&mid=1&idx=1' },
			`\t\t<mmreader>\n\t\t\t<category type="20" count="2">\n\t\t\t\t<name>${cdata(speaker.nickName)}</name>\n${piece('item', '头条标题', 1)}${piece('item', '第二篇', 2)}\t\t\t</category>\n\t\t</mmreader>\n`,
		),
	};
}

/** Content and further fields of a message; those of 其他 for a code that is not known. */
export function messageFields(code: string, speaker: Speaker, self: boolean): JsonObject {
	const make = code.startsWith('90') ? article : (samples[code.slice(2)] ?? samples['999']);
	const { pushContent, ...fields } = make(speaker);
	// The phone shows nothing for what was written on it.
	return pushContent === undefined || self
		? fields
		: { ...fields, pushContent: `${speaker.nickName}${pushContent}` };
}
