// The page that Streamlit serves says that it is in English: a screen reader would read French with an English voice.
export default function ({ data }) {
  document.documentElement.lang = data.lang;
}
