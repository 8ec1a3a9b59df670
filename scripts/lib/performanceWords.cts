/** What the tables of docs/performance.md say (bench/report.cts, bench/results.cts), in Chinese, by the English words. */
export const PERFORMANCE_WORDS: Readonly<Record<string, string>> = {
	// Headings
	'1,000 texts, server answers at once': '1,000 条文字，服务器立即应答',
	'Details of 1,000 contacts, server takes 50 ms': '1,000 个联系人的资料，服务器用 50 毫秒',
	'A file of 50 MB, downloaded and sent on': '一个 50 MB 的文件，下载再发送',
	"Callbacks, n8n's default settings": '回调，n8n 的默认设置',
	'Callbacks, `N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true`':
		'回调，`N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true`',
	'Loading a node': '加载一个节点',
	Bars: '目标',
	// Heads of columns
	Time: '时间',
	'Of the bare loop': '和裸循环之比',
	'Of HTTP Request': '和 HTTP Request 之比',
	"Of Telegram's": '和 Telegram 之比',
	"Of Slack's": '和 Slack 之比',
	'Fastest to slowest round': '最快到最慢的一轮',
	Calls: '请求数',
	'In flight at most': '同时最多',
	'Memory more at the peak': '峰值时多用的内存',
	'In files': '相当于几个文件',
	'Answered a second': '每秒应答',
	'Times the other': '是另一种的几倍',
	'Executed a second': '每秒执行',
	'CPU each': '每条的 CPU',
	'Of the other': '和另一种之比',
	'99 % answered within': '99% 的应答不超过',
	'Slowest answer': '最慢的应答',
	What: '内容',
	Measured: '测得',
	Bar: '目标',
	// Rows
	'Eyun WeChat, one at a time': 'Eyun WeChat，一个接一个',
	'Eyun WeChat, *Concurrency* 5': 'Eyun WeChat，*Concurrency* 5',
	'Bare loop over `httpRequestWithAuthentication`': '裸循环，调用 `httpRequestWithAuthentication`',
	'HTTP Request with Header Auth': 'HTTP Request，Header Auth',
	'Eyun WeChat, *Contact: Get*': 'Eyun WeChat，*Contact: Get*',
	'HTTP Request': 'HTTP Request',
	'Eyun WeChat: *Download Media*, then *Send File* with the binary field':
		'Eyun WeChat：*Download Media*，再用二进制字段 *Send File*',
	'HTTP Request, Extract from File, then HTTP Request with base64':
		'HTTP Request、Extract from File，再用 HTTP Request 发 base64',
	'Accepted: trigger': '接受：触发器',
	'Accepted: trigger, *Several Events per Execution*':
		'接受：触发器，*Several Events per Execution*',
	'Accepted: Webhook node': '接受：Webhook 节点',
	'Accepted while 50 executions run: trigger': '正在运行 50 次执行时接受：触发器',
	'The same, *Several Events per Execution*': '同上，*Several Events per Execution*',
	'Duplicate, dropped: trigger': '重复，丢弃：触发器',
	'Duplicate, dropped: Webhook, Filter, Remove Duplicates':
		'重复，丢弃：Webhook、Filter、Remove Duplicates',
	'Event not wanted, dropped: trigger': '不要的事件，丢弃：触发器',
	'Event not wanted, dropped: Webhook, Filter, Remove Duplicates':
		'不要的事件，丢弃：Webhook、Filter、Remove Duplicates',
	'Own message, dropped: trigger': '自己的消息，丢弃：触发器',
	'Own message, dropped: Webhook, Filter, Remove Duplicates':
		'自己的消息，丢弃：Webhook、Filter、Remove Duplicates',
	'Eyun WeChat': 'Eyun WeChat',
	'Eyun WeChat Trigger': 'Eyun WeChat Trigger',
	Telegram: 'Telegram',
	'Telegram Trigger': 'Telegram Trigger',
	Slack: 'Slack',
	'Slack Trigger': 'Slack Trigger',
	// Bars
	'Sends one at a time: time, of the bare loop': '一个接一个发送：时间，和裸循环之比',
	'Sends with Concurrency 5: time, of HTTP Request':
		'Concurrency 为 5 时发送：时间，和 HTTP Request 之比',
	'Contacts: calls, of HTTP Request': '联系人：请求数，和 HTTP Request 之比',
	'Contacts: calls in flight': '联系人：同时进行的请求',
	'Contacts: time, of HTTP Request': '联系人：时间，和 HTTP Request 之比',
	'File: memory at the peak of the worst round, in files':
		'文件：最差一轮的内存峰值，相当于几个文件',
	'Callbacks, lazy acquire: accepted a second, of the Webhook node, one in an execution':
		'回调，延迟建立虚拟机：每秒接受，和 Webhook 节点之比，一次执行一条',
	'Callbacks, lazy acquire: accepted a second, of the Webhook node, several in an execution':
		'回调，延迟建立虚拟机：每秒接受，和 Webhook 节点之比，一次执行几条',
	'Callbacks, lazy acquire: CPU of a dropped one (the dearest kind), of a workflow for it':
		'回调，延迟建立虚拟机：丢弃一条的 CPU（最贵的一种），和为此搭建的工作流之比',
	'Callbacks, lazy acquire: slowest answer of all rounds in seconds, while 50 executions run, one in an execution':
		'回调，延迟建立虚拟机：所有轮中最慢的应答（秒），正在运行 50 次执行，一次执行一条',
	'Callbacks, lazy acquire: slowest answer of all rounds in seconds, while 50 executions run, several in an execution':
		'回调，延迟建立虚拟机：所有轮中最慢的应答（秒），正在运行 50 次执行，一次执行几条',
	'Callbacks, default settings: accepted a second, of the Webhook node, one in an execution':
		'回调，默认设置：每秒接受，和 Webhook 节点之比，一次执行一条',
	'Callbacks, default settings: accepted a second, of the Webhook node, several in an execution':
		'回调，默认设置：每秒接受，和 Webhook 节点之比，一次执行几条',
	'Callbacks, default settings: slowest answer of all rounds in seconds, while 50 executions run, one in an execution':
		'回调，默认设置：所有轮中最慢的应答（秒），正在运行 50 次执行，一次执行一条',
	'Callbacks, default settings: slowest answer of all rounds in seconds, while 50 executions run, several in an execution':
		'回调，默认设置：所有轮中最慢的应答（秒），正在运行 50 次执行，一次执行几条',
	'Loading the action node: milliseconds': '加载操作节点：毫秒',
	'Loading the trigger node: milliseconds': '加载触发器节点：毫秒',
	PASS: '达到',
	over: '超过',
	under: '不足',
	'not measured': '没有测量',
};
