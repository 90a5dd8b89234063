import type { HostLanguage } from '../shared/test-page';

interface Words {
  links: string[];
  title: string;
  text: string;
  goods: string[];
  foot: string;
}

/** A website may be in a language that the chat does not speak, so these are no messages of ours. */
export const words: Record<HostLanguage, Words> = {
  en: {
    links: ['New', 'Shop', 'About us'],
    title: 'Your page, with the chat in its corner',
    text: 'Open the chat and write as one of your customers would. What you write arrives in the agent console.',
    goods: ['A first article', 'A second article', 'A third article'],
    foot: 'This page stands for a page of your website.',
  },
  zh: {
    links: ['新品', '商店', '关于我们'],
    title: '您的网页，聊天就在角落',
    text: '打开聊天，像客户一样写点什么。您写的内容会出现在客服工作台。',
    goods: ['第一件商品', '第二件商品', '第三件商品'],
    foot: '此页面代表您网站上的一个页面。',
  },
  ar: {
    links: ['جديد', 'المتجر', 'من نحن'],
    title: 'صفحتك، والدردشة في زاويتها',
    text: 'افتح الدردشة واكتب كما يكتب أحد عملائك. ما تكتبه يصل إلى لوحة فريق الدعم.',
    goods: ['منتج أول', 'منتج ثان', 'منتج ثالث'],
    foot: 'تمثّل هذه الصفحة صفحة من موقعك.',
  },
};
