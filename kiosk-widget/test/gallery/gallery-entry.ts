import './scenes.ts';

export { mountHelp } from './stage.ts';
