/// Where the texts of a model stand; a new model brings only these. Titles of the menu are in the first load.
export const words = (model: string) => {
  const at = <What extends string>(what: What) => `records.${model}.${what}` as `records.users.${What}`;
  return { title: `manage.${model}.title` as 'manage.users.title', add: at('add'), about: at('about') };
};
