import { type Texts, waitMinutes } from './texts.ts';

/** Simplified Chinese, as one would say it to an older neighbour. */
export const zhCn: Texts = {
  help: '视频帮办',
  agree: '同意并呼叫',
  cancel: '取消',
  close: '关闭',
  tryAgain: '再试一次',
  reload: '重新打开页面',
  consent: {
    title: '请工作人员帮您办',
    lead: '您可以和工作人员视频通话，边说边办。',
    points: [
      '接通以后，工作人员能看到您、听到您说话。',
      '接通以前，您的画面和声音不会传出去。',
      '只有为您服务的工作人员能看到您。通话不录音、不录像。',
      '您随时可以静音、关闭摄像头，或者结束通话。',
    ],
    foot: '按“同意并呼叫”，就表示您同意以上内容。',
  },
  found: {
    title: '这台机器上有一个没有结束的通话',
    lead: '如果是您刚才的通话，请返回。如果不是，请结束它。',
    back: '返回通话',
    end: '结束那个通话',
  },
  opening: { title: '正在打开摄像头和麦克风', lead: '请稍等一下。' },
  noDevices: {
    title: '摄像头和麦克风都用不了',
    lead: '您仍然可以呼叫，能看到、听到工作人员，但是工作人员看不到、听不到您。',
    callAnyway: '仍然呼叫',
  },
  problem: {
    camera: {
      missing: '没有找到摄像头，工作人员看不到您，但能听到您说话。',
      refused: '这台机器没有允许使用摄像头，工作人员看不到您，但能听到您说话。',
      busy: '摄像头现在用不了，工作人员看不到您，但能听到您说话。',
      unplugged: '摄像头断开了，工作人员暂时看不到您，但能听到您说话。',
      'insecure-page': '这个页面不能使用摄像头，工作人员看不到您。',
    },
    microphone: {
      missing: '没有找到麦克风，工作人员听不到您说话，但能看到您。',
      refused: '这台机器没有允许使用麦克风，工作人员听不到您说话，但能看到您。',
      busy: '麦克风现在用不了，工作人员听不到您说话，但能看到您。',
      unplugged: '麦克风断开了，工作人员暂时听不到您说话，但能看到您。',
      'insecure-page': '这个页面不能使用麦克风，工作人员听不到您说话。',
    },
  },
  resuming: { title: '正在回到您的通话', lead: '请稍等，不用按任何按钮。' },
  requesting: { title: '正在呼叫', lead: '请稍等一下。' },
  queue: {
    name: '排队',
    title: '正在排队',
    position: (position) => `您排在第 ${position} 位`,
    comma: '，',
    ahead: (count) => (count === 0 ? '下一位就是您' : `前面还有 ${count} 位`),
    estimate(estimate) {
      if (estimate.state === 'unknown')
        return '现在没有工作人员在岗，等待时间说不准。您可以继续等，也可以到人工窗口办理。';
      const minutes = waitMinutes(estimate.lowSeconds, estimate.highSeconds);
      if (minutes.kind === 'under-one') return '不到 1 分钟';
      if (minutes.kind === 'over-an-hour') return '可能要 1 小时以上';
      if (minutes.low === minutes.high) return `大约 ${minutes.low} 分钟`;
      return `大约 ${minutes.low} 到 ${minutes.high} 分钟`;
    },
    ringing: '正在为您接通工作人员',
    ringingLead: '请看着屏幕，马上就好。',
    returned: '刚才的工作人员断线了，请您稍等。您排在最前面。',
    next: '轮到您时会自动接通，您可以先填表。',
    notSent: '现在没有人看到您。',
    preview: '您自己的画面',
  },
  call: {
    agent: (displayName, number) => `${displayName}　工号 ${number}`,
    connecting: '正在接通',
    held: '请稍等，通话已保留',
    heldLead: '工作人员很快回来。现在他看不到您，也听不到您。',
    agentAway: '工作人员的网络断开了，正在恢复，请稍等。',
    noPicture: '工作人员没有打开摄像头，您可以直接说话。',
    agentMuted: '工作人员已静音',
    agentPicture: '工作人员的画面',
    ownPicture: '您自己的画面',
    ownPictureOff: '摄像头已关',
    mute: '静音',
    unmute: '取消静音',
    cameraOff: '关闭摄像头',
    cameraOn: '打开摄像头',
    end: '结束通话',
    turnSoundOn: '按这里，打开声音',
    interrupted: '画面和声音断了一下，正在恢复。',
    mutedNotice: '您已静音，工作人员听不到您说话。',
  },
  link: {
    down: '网络断开了，正在重新连接，请稍等。',
    downLong: '还没有连上。一分钟内连不上，通话会自动结束，您可以再次呼叫。',
  },
  thanks: {
    title: '谢谢您，再见',
    lead: '通话已经结束。您的画面和声音已经停止传送，这台机器上没有留下您的通话内容。',
    done: '好的',
    closing: (seconds) => `${seconds} 秒后自动关闭`,
  },
  failure: {
    'not-set-up': { title: '这里还不能使用视频帮办', advice: '请到人工窗口，或者请大厅里的工作人员帮忙。' },
    'kiosk-refused': { title: '这台机器暂时不能呼叫', advice: '请换一台机器，或者请大厅里的工作人员帮忙。' },
    'kiosk-in-use': { title: '视频帮办正在别处使用', advice: '请等一会儿再试，或者换一台机器。' },
    replaced: { title: '视频帮办在另一个窗口打开了', advice: '请到那个窗口继续。' },
    outdated: { title: '页面需要更新', advice: '请按“重新打开页面”，然后再呼叫。' },
    upgrading: { title: '系统正在升级', advice: '请过几分钟再试。' },
    draining: { title: '系统正在维护', advice: '请过几分钟再试，或者到人工窗口办理。' },
    'service-unknown': { title: '这个事项不能视频帮办', advice: '请到人工窗口，或者请大厅里的工作人员帮忙。' },
    'media-unavailable': { title: '视频暂时不能使用', advice: '请过一会儿再试，或者到人工窗口办理。' },
    unreachable: { title: '连不上服务中心', advice: '请再试一次。还是不行，请到人工窗口办理。' },
    'connection-lost': { title: '通话断开了', advice: '对不起，网络断开了。您可以再次呼叫。' },
    'could-not-connect': { title: '没有接通', advice: '对不起，画面和声音没有接通。请再试一次，或者换一台机器。' },
    'too-many-requests': { title: '请等一会儿再试', advice: '呼叫的次数太多了，请过一分钟再试。' },
    internal: { title: '出了一点问题', advice: '请再试一次。还是不行，请到人工窗口办理。' },
  },
};
