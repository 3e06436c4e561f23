/** The accessible names that people, screen readers and tests use; docs/architecture.md promises that they stay. */
export const words = {
  'zh-CN': {
    kiosk: {
      help: '视频帮办',
      agree: '同意并呼叫',
      cancel: '取消',
      mute: '静音',
      cameraOff: '关闭摄像头',
      end: '结束通话',
      queue: '排队',
    },
    console: {
      userName: '用户名',
      password: '密码',
      signIn: '登录',
      available: '接听状态',
      waitingCalls: '等待队列',
      answer: '接听',
      decline: '拒接',
      hold: '保持',
      mute: '静音',
      end: '结束',
      finishWrapUp: '完成',
    },
  },
  en: {
    kiosk: {
      help: 'Video help',
      agree: 'Agree and call',
      cancel: 'Cancel',
      mute: 'Mute',
      cameraOff: 'Camera off',
      end: 'End call',
      queue: 'Queue',
    },
    console: {
      userName: 'User name',
      password: 'Password',
      signIn: 'Sign in',
      available: 'Available',
      waitingCalls: 'Waiting calls',
      answer: 'Answer',
      decline: 'Decline',
      hold: 'Hold',
      mute: 'Mute',
      end: 'End',
      finishWrapUp: 'Finish wrap-up',
    },
  },
} as const;

export type Language = keyof typeof words;
