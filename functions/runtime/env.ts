/** A setting that the deployment should have given is not there. */
export class SettingMissing extends Error {
  override readonly name = 'SettingMissing';
  constructor(setting: string) {
    super(`The environment has no ${setting}`);
  }
}

/** A setting of the deployment. */
export const env = (setting: string): string => {
  const value = process.env[setting];
  if (value === undefined || value === '') throw new SettingMissing(setting);
  return value;
};
