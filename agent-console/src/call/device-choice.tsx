import { AudioOutlined, VideoCameraOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DeviceKind, DeviceOption, DeviceState } from './local-devices.ts';

const icons = { camera: VideoCameraOutlined, microphone: AudioOutlined } as const;

/** Which camera or microphone is used on this PC. */
export function DeviceChoice(props: {
  kind: DeviceKind;
  state: DeviceState;
  options: readonly DeviceOption[];
  onChoose(kind: DeviceKind, deviceId: string): void;
}) {
  const { t } = useTranslation();
  const { kind, state, options, onChoose } = props;
  if (options.length === 0) return null;
  const Icon = icons[kind];
  return (
    <div className="device-choice">
      <Icon aria-hidden="true" />
      <Select<string>
        size="small"
        aria-label={t(kind === 'camera' ? 'call.chooseCamera' : 'call.chooseMicrophone')}
        value={state.state === 'open' ? state.deviceId : null}
        placeholder={t('call.defaultDevice')}
        getPopupContainer={(field) => field.closest('aside') ?? field}
        onChange={(deviceId) => onChoose(kind, deviceId)}
        options={options.map(({ deviceId, label }) => ({ value: deviceId, label }))}
      />
    </div>
  );
}
